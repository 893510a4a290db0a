using Quartz;

namespace Uploader.Worker.Jobs;

/// <summary>The disk watch on the schedule.</summary>
[DisallowConcurrentExecution]
internal sealed class DiskWatchJob(DiskWatch watch) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        watch.Look(cancellationToken);
        return ValueTask.CompletedTask;
    }
}
