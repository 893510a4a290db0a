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
    : StatusTeller(LookEvery, time, logger)
{
    /// <summary>How old the times of the last runs may be in an operator's eyes.</summary>
    public static readonly TimeSpan QuietEvery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private WorkerStatus? _before;
    private bool _hasAsked;
    private SweptDrift? _swept;
    private DriftStatus? _drift;
    private string? _told;
    private string _toldTo = "";
    private long _toldAt;

    /// <inheritdoc/>
    public override void Look()
    {
        disk.TellIfLost();
        AskBefore();
        NoteDrift();
        if (_told is null || _toldTo != ledger.Generation || _told != Outcomes() || Time.GetElapsedTime(_toldAt) >= QuietEvery)
            Tell(hasStopped: false);
    }

    protected override void Tell(bool hasStopped)
    {
        AskBefore();
        var (now, monotonic, outcomes) = (Time.GetUtcNow(), Time.Monotonic(), Outcomes());
        var jobs = runs.All.Select(run => JobReport.Of(run, _before?.Jobs.FirstOrDefault(job => job.Name == run.Job.Name), now, monotonic)).ToArray();
        var self = Self(hasStopped, sentence.Say());
        _toldTo = ledger.Run(batch =>
        {
            batch.Status.PutWorker(new WorkerStatus(self, jobs, _drift));
            return batch.Generation;
        });
        _told = outcomes;
        _toldAt = Time.GetTimestamp();
    }

    /// <summary>What the process before this one told is not to be forgotten by a restart: a nightly job would look as if it had never run.</summary>
    private void AskBefore()
    {
        if (_hasAsked)
            return;
        _before = ledger.Run(batch => batch.Status.FindWorker());
        _drift ??= _before?.Drift;
        _hasAsked = true;
    }

    private void NoteDrift()
    {
        if (sweep.Last is not { } last || ReferenceEquals(last, _swept))
            return;
        var now = Time.GetUtcNow();
        _swept = last;
        _drift = new DriftStatus(now, last.Repaired, last.NotRepaired, last.Foreign, last.Repaired > 0 ? now : _drift?.RepairedAt);
    }

    /// <summary>What is worth a write of its own when it changes.</summary>
    private string Outcomes() => string.Join(' ', runs.All.Select(run => $"{run.Job.Name}:{run.Outcome}")) + $" {_swept}";
}
