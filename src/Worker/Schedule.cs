using Uploader.Worker.Scheduling;

namespace Uploader.Worker;

/// <summary>All that the worker does, and when.</summary>
internal static class Schedule
{
    public const string BanSweep = "ban-sweep";
    public const string DiskWatch = "disk-watch";
    public const string PermissionSweep = "permission-sweep";
    public const string StagingSweep = "staging-sweep";
    public const string LedgerTrim = "ledger-trim";

    // Past its patience a job counts as stuck, and the watchdog restarts the worker: that must never befall a long walk over a cold, slow disk.
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    public static IReadOnlyList<ScheduledJob> Of(ScheduleOptions runs, JobTypes done) =>
    [
        //  name             done by                runs                  is stuck after
        new(BanSweep,        done.BanSweep,         runs.BanSweep,        OneMinute),
        new(DiskWatch,       done.DiskWatch,        runs.DiskWatch,       TwoHours),
        new(PermissionSweep, done.PermissionSweep,  runs.PermissionSweep, TwoHours),
        new(StagingSweep,    done.StagingSweep,     runs.StagingSweep,    TwoHours),
        new(LedgerTrim,      done.LedgerTrim,       runs.LedgerTrim,      TenMinutes),
    ];
}

/// <summary>The <see cref="Quartz.IJob"/> of each line.</summary>
internal sealed record JobTypes(Type BanSweep, Type DiskWatch, Type PermissionSweep, Type StagingSweep, Type LedgerTrim);
