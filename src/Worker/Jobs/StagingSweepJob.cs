using Microsoft.Extensions.Logging;
using Quartz;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;
using Uploader.Shared.Storage;

namespace Uploader.Worker.Jobs;

/// <summary>The staging sweep on the schedule.</summary>
[DisallowConcurrentExecution]
internal sealed class StagingSweepJob(UploaderOptions options, TimeProvider time, ILogger<StagingSweepJob> logger) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var swept = StagingSweep.Sweep(options.Storage.Root, time.GetUtcNow());
        if (swept.Files > 0)
            logger.StagingSwept(swept.Files, swept.Bytes);
        foreach (var name in swept.Foreign)
            logger.ForeignObject($"{UploadStore.StagingFolder}/{name}", "thing that no upload made");
        return ValueTask.CompletedTask;
    }
}
