using Uploader.Shared.Ledger;
using Uploader.Worker.Scheduling;

namespace Uploader.Worker.Telling;

/// <summary>Puts into words for the status book where the jobs stand.</summary>
internal static class JobReport
{
    /// <param name="before">What the process before this one told: of a job that has not run yet its last run is remembered.</param>
    /// <param name="now">By the wall clock, and</param>
    /// <param name="monotonic">by the clock of <see cref="JobRun"/>.</param>
    public static JobStatus Of(JobRun run, JobStatus? before, DateTimeOffset now, TimeSpan monotonic)
    {
        var status = new JobStatus(
            run.Job.Name,
            run.Job.Recurrence.Text,
            run.Started is { } started ? now - (monotonic - started) : null,
            run.Duration,
            WordFor(run.Outcome),
            run.Due == TimeSpan.MaxValue ? null : now + (run.Due - monotonic),
            run.IsRunning,
            run.Job.Patience,
            run.Done is { } done ? now - (monotonic - done) : before?.DoneAt);
        return run.Started is null && before is not null ? status with { StartedAt = before.StartedAt, Duration = before.Duration, Outcome = before.Outcome } : status;
    }

    private static string WordFor(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Done => JobStatus.Done,
        JobOutcome.Failed => JobStatus.Failed,
        JobOutcome.Stopped => JobStatus.Stopped,
        _ => "",
    };
}
