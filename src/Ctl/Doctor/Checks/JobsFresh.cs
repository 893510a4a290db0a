using Uploader.Ctl.Doctor.Hosts;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 6 of the article, monitoring: the worker does its work and not only exists.</summary>
internal static class JobsFresh
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public static Check Check { get; } = Check.Of("jobs-fresh", "The worker's jobs run on time", "when the disk watch last wrote its sample into the ledger", Look);

    private static Diagnosis Look(Examination examination) => !Ledgers.Exists(examination)
        ? Ledgers.IsMissing(examination)
        : Judge(examination.Session.Ledger.Run(ledger => ledger.Status.FindDisk())?.At, examination.Options.Schedule.DiskWatch, examination.Session.Now);

    internal static Diagnosis Judge(DateTimeOffset? last, Recurrence runs, DateTimeOffset now)
    {
        var mend = $"systemctl restart {Unit.Worker}";
        if (last is not { } at)
            return Diagnosis.Fail("the disk watch has never run", mend);
        // A calendar schedule says little about how long a silence may last; once a day is the rarest that makes sense.
        var patience = (runs.Interval ?? TimeSpan.FromDays(1)) * 3 + Grace;
        return (now - at).Duration() <= patience
            ? Diagnosis.Pass($"the disk watch ran {Shown.Ago(at, now)} (every {runs})")
            : Diagnosis.Fail($"the disk watch ran {Shown.Ago(at, now)}, though it should every {runs}", mend);
    }
}
