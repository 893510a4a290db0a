using Uploader.Worker.Jobs;
using Uploader.Worker.Scheduling;

namespace Uploader.Worker;

/// <summary>What <c>systemctl status</c> shows of the worker.</summary>
internal sealed class StatusSentence(JobRuns runs, DiskWatch disk)
{
    public string Say()
    {
        var failed = runs.All.Where(run => run.Outcome == JobOutcome.Failed).Select(run => run.Job.Name).ToArray();
        return failed.Length > 0
            ? $"Failing: {string.Join(", ", failed)}; {disk.Sentence}"
            : $"All jobs well; {disk.Sentence}";
    }
}
