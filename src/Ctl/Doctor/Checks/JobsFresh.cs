using Uploader.Ctl.Doctor.Hosts;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Configuration;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 6 of the article, monitoring: the worker does its work and not only exists.</summary>
internal static class JobsFresh
{
    /// <summary>How many runs may be missed: a busy ledger makes one fail.</summary>
    private const int Runs = 3;

    private const string Mend = $"systemctl restart {Unit.Worker}; journalctl -u {Unit.Worker} -p warning -n 20";

    /// <summary>The worker tells the quiet runs now and then only.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public static Check Check { get; } = Check.Of("jobs-fresh", "The worker's jobs run on time", "when each job last ended well, as the worker told the ledger", Look);

    private static Diagnosis Look(Examination examination) => !Ledgers.Exists(examination)
        ? Ledgers.IsMissing(examination)
        : Judge(examination.Session.Ledger.Run(ledger => ledger.Status.FindWorker()), examination.Session.Now);

    internal static Diagnosis Judge(WorkerStatus? told, DateTimeOffset now) => told switch
    {
        null => Diagnosis.Fail("the worker has never told of its jobs", Mend),
        { Process.HasStopped: true } => Diagnosis.Fail($"no job runs: the worker stopped {Shown.Ago(told.Process.ToldAt, now)}", Mend),
        _ when !told.Process.IsFresh(now) => Diagnosis.Fail($"the worker told of its jobs {Shown.Ago(told.Process.ToldAt, now)} and nothing since", Mend),
        _ => Diagnosis.Of(told.Jobs.Select(job => Judge(job, now)), $"all {told.Jobs.Count} jobs ended well when they last should"),
    };

    private static Diagnosis Judge(JobStatus job, DateTimeOffset now) => IsUnderWay(job, now) || IsFresh(job, now)
        ? Diagnosis.Pass(job.Name)
        : Diagnosis.Fail($"{job.Name} (runs: {job.Schedule}) {(job.DoneAt is { } done ? $"last ended well {Shown.Ago(done, now)}" : "never ended well")}", Mend);

    /// <summary>A first walk over millions of files takes its time.</summary>
    private static bool IsUnderWay(JobStatus job, DateTimeOffset now) =>
        job is { IsRunning: true, Outcome: not JobStatus.Failed, StartedAt: { } started } && now - started <= job.Patience;

    private static bool IsFresh(JobStatus job, DateTimeOffset now) => Recurrence.Parse(job.Schedule).Interval is { } interval
        // Both ways: it was told before the clock was put back.
        ? job.DoneAt is { } done && (now - done).Duration() <= (Runs * (interval + job.Duration)) + Grace
        // How long a calendar's pauses are, only the worker can tell, and it told when the next run is due.
        : job.Outcome != JobStatus.Failed && (job.DueAt is not { } due || now - due <= job.Patience);
}
