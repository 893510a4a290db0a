using Quartz;
using Uploader.Shared.Ledger;

namespace Uploader.Worker.Jobs;

/// <summary>The sweep on the schedule: what no signal announced, and the ends of bans.</summary>
[DisallowConcurrentExecution]
internal sealed class BanSweepJob(BanSweep sweep, TimeProvider time) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            sweep.Sweep(time.GetUtcNow());
        }
        catch (LedgerUnavailableException)
        {
            // Logged where it happened, once; the next run catches up.
        }

        return ValueTask.CompletedTask;
    }
}
