using Microsoft.Extensions.Logging;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;
using Uploader.Worker.Jobs;
using Uploader.Worker.Scheduling;

namespace Uploader.Worker.Telling;

/// <summary>
/// Tells the operator, by way of the ledger, how the jobs ran and what the permission sweep found: at once when an outcome or the drift changes, and
/// otherwise now and then. A ban sweep each second that finds nothing costs no write.
/// </summary>
internal sealed class WorkerTeller(
    JobRuns runs, DiskWatch disk, PermissionSweep sweep, StatusSentence sentence, LedgerFile ledger, TimeProvider time, ILogger<WorkerTeller> logger)
    : StatusTeller<WorkerStatus, string>(ledger, LookEvery, QuietEvery, time, logger)
{
    /// <summary>How old the times of the last runs may be in an operator's eyes.</summary>
    public static readonly TimeSpan QuietEvery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private WorkerStatus? _before;
    private SweptDrift? _swept;
    private DriftStatus? _drift;

    /// <inheritdoc/>
    public override void Look()
    {
        disk.TellIfLost();
        NoteDrift();
        base.Look();
    }

    protected override string News() => string.Join(' ', runs.All.Select(run => $"{run.Job.Name}:{run.Outcome}")) + $" {_swept}";

    protected override WorkerStatus Status(bool hasStopped)
    {
        var (now, monotonic) = (Time.GetUtcNow(), Time.Monotonic());
        var jobs = runs.All.Select(run => JobReport.Of(run, _before?.Jobs.FirstOrDefault(job => job.Name == run.Job.Name), now, monotonic)).ToArray();
        return new WorkerStatus(Self(hasStopped, sentence.Say()), jobs, _drift);
    }

    // A nightly job would look as if it had never run.
    protected override void TakeOver(WorkerStatus before)
    {
        _before = before;
        _drift = _drift is null ? before.Drift : _drift with { RepairedAt = _drift.RepairedAt ?? before.Drift?.RepairedAt };
    }

    protected override WorkerStatus? Find(StatusBook book) => book.FindWorker();

    protected override void Put(StatusBook book, WorkerStatus status) => book.PutWorker(status);

    private void NoteDrift()
    {
        if (sweep.Last is not { } last || ReferenceEquals(last, _swept))
            return;
        var now = Time.GetUtcNow();
        _swept = last;
        _drift = new DriftStatus(now, last.Repaired, last.NotRepaired, last.Foreign, last.Repaired > 0 ? now : _drift?.RepairedAt);
    }
}
