using Quartz;
using Uploader.Shared.Ledger;

namespace Uploader.Worker.Jobs;

/// <summary>The trim on the schedule.</summary>
[DisallowConcurrentExecution]
internal sealed class LedgerTrimJob(LedgerTrim trim, TimeProvider time) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            trim.Trim(time.GetUtcNow(), cancellationToken);
        }
        catch (LedgerUnavailableException)
        {
            // Logged where it happened, once; the next run catches up.
        }

        return ValueTask.CompletedTask;
    }
}
