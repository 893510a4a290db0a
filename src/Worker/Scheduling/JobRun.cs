namespace Uploader.Worker.Scheduling;

/// <summary>How the last run of a job ended.</summary>
internal enum JobOutcome
{
    NotYetRun,
    Done,
    Failed,

    /// <summary>The process was asked to end meanwhile.</summary>
    Stopped,
}

/// <summary>Where a job stands. All times are monotonic (<see cref="MonotonicTime"/>).</summary>
/// <param name="Job">Its line in the schedule.</param>
/// <param name="Due">When it should start next; <see cref="TimeSpan.MaxValue"/> when never.</param>
/// <param name="Started">When its last, or present, run began.</param>
/// <param name="Ended">When its last run ended; null while the first one lasts.</param>
/// <param name="IsRunning">Whether it runs now.</param>
/// <param name="Outcome">Of the last run that ended.</param>
/// <param name="Duration">Of the last run that ended.</param>
/// <param name="Done">When a run last ended well.</param>
internal sealed record JobRun(
    ScheduledJob Job,
    TimeSpan Due,
    TimeSpan? Started = null,
    TimeSpan? Ended = null,
    bool IsRunning = false,
    JobOutcome Outcome = JobOutcome.NotYetRun,
    TimeSpan Duration = default,
    TimeSpan? Done = null);
