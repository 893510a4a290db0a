using Uploader.Shared.Configuration;
using Uploader.Worker.Jobs;
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

    public static IReadOnlyList<ScheduledJob> Of(ScheduleOptions runs) =>
    [
        //  name             done by                     runs                  is stuck after
        new(BanSweep,        typeof(BanSweepJob),        runs.BanSweep,        OneMinute),
        new(DiskWatch,       typeof(DiskWatchJob),       runs.DiskWatch,       TwoHours),
        new(PermissionSweep, typeof(PermissionSweepJob), runs.PermissionSweep, TwoHours),
        new(StagingSweep,    typeof(StagingSweepJob),    runs.StagingSweep,    TwoHours),
        new(LedgerTrim,      typeof(LedgerTrimJob),      runs.LedgerTrim,      TenMinutes),
    ];

    /// <summary>Only Quartz can tell whether a cron expression makes sense.</summary>
    public static IEnumerable<Finding> FindingsIn(ScheduleOptions runs, DateTimeOffset now)
    {
        (string Key, Recurrence Recurrence)[] recurrences =
        [
            (nameof(runs.BanSweep), runs.BanSweep),
            (nameof(runs.DiskWatch), runs.DiskWatch),
            (nameof(runs.PermissionSweep), runs.PermissionSweep),
            (nameof(runs.StagingSweep), runs.StagingSweep),
            (nameof(runs.LedgerTrim), runs.LedgerTrim),
        ];
        return from run in recurrences
               let problem = CronCheck.FindingOf(run.Recurrence, now)
               where problem is not null
               select new Finding($"Schedule:{run.Key}", run.Recurrence.Text, problem);
    }
}
