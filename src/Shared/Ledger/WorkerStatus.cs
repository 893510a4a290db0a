namespace Uploader.Shared.Ledger;

/// <summary>What the worker tells of itself and its jobs.</summary>
/// <param name="Drift">What the last permission sweep found; null before the first.</param>
internal sealed record WorkerStatus(SelfReport Process, IReadOnlyList<JobStatus> Jobs, DriftStatus? Drift);

/// <summary>Where a job of the worker stands.</summary>
/// <param name="Schedule">As it was configured: <c>30s</c>, or a cron expression.</param>
/// <param name="StartedAt">Its last, or present, run; null before the first.</param>
/// <param name="Duration">Of the last run that ended.</param>
/// <param name="Outcome">Of the last run that ended: one of the words below, or empty.</param>
/// <param name="DueAt">When it should run next; null when never.</param>
/// <param name="Patience">How late it may be before the schedule counts as stalled.</param>
/// <param name="DoneAt">When a run last ended well; null when none ever did.</param>
internal sealed record JobStatus(
    string Name, string Schedule, DateTimeOffset? StartedAt, TimeSpan Duration, string Outcome, DateTimeOffset? DueAt, bool IsRunning, TimeSpan Patience, DateTimeOffset? DoneAt)
{
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>The worker was asked to end meanwhile.</summary>
    public const string Stopped = "stopped";
}

/// <summary>What a permission sweep found.</summary>
/// <param name="RepairedAt">When a sweep last had something to repair, if any has.</param>
internal sealed record DriftStatus(DateTimeOffset At, long Repaired, long NotRepaired, long Foreign, DateTimeOffset? RepairedAt);
