using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;

namespace Uploader.Worker.Jobs;

/// <summary>Sweeps as soon as the web process has written failures. Signals that come during a sweep are one reason for the next.</summary>
internal sealed class BanSweepNudge(BanSweep sweep, LedgerSignal failures, TimeProvider time, ILogger<BanSweepNudge> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await failures.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                sweep.Sweep(time.GetUtcNow());
            }
            catch (LedgerUnavailableException)
            {
                // Logged where it happened, once; the next signal or poll catches up.
            }
            catch (Exception e)
            {
                // The edge of the loop.
                logger.JobFailed(nameof(BanSweepNudge), e);
            }
        }
    }
}
