using Quartz;
using Uploader.Shared.Storage;

namespace Uploader.Worker.Jobs;

/// <summary>The permission sweep on the schedule. Its walk measures the disk too.</summary>
[DisallowConcurrentExecution]
internal sealed class PermissionSweepJob(PermissionSweep sweep, DiskWatch watch) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        watch.Measure(() => sweep.Sweep(cancellationToken));
        return ValueTask.CompletedTask;
    }
}
