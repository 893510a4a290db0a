using Uploader.Worker.Jobs;
using Uploader.Worker.Scheduling;

namespace Uploader.Worker;

/// <summary>What <c>systemctl status</c> shows of the worker.</summary>
internal sealed class StatusSentence(JobRuns runs, DiskWatch disk, TimeProvider time)
{
    public string Say() => $"{ScheduleHealth.Describe(runs.All, time.Monotonic())}; {disk.Sentence}";
}
