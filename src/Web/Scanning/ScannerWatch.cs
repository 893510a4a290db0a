using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Shared.Scanning;

namespace Uploader.Web.Scanning;

/// <summary>
/// Asks the virus scanner every few seconds whether it is there. An upload would find out too, but while the service is not ready a load balancer sends none, and
/// nobody would find out that it is back. What a scan comes to does not count here: one file beyond the scanner's limits must not take the service off the net.
/// </summary>
internal sealed class ScannerWatch(Clamd? clamd, ScannerSign sign, TimeProvider time, ILogger<ScannerWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private volatile ScannerStatus? _last;

    /// <summary>Whether there is a scanner to ask.</summary>
    public bool HasScanner => clamd is not null;

    /// <summary>How it was when it last was asked; null before that, and where there is none.</summary>
    public ScannerStatus? Last => _last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (clamd is null)
            return;
        using var timer = new PeriodicTimer(Every, time);
        do
            await Ask(clamd, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Ask(Clamd scanner, CancellationToken cancellation)
    {
        try
        {
            var trouble = await scanner.Ping(cancellation);
            sign.Hear(trouble);
            _last = new ScannerStatus(trouble);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge of the loop.
            logger.JobFailed(nameof(ScannerWatch), e);
        }
    }
}
