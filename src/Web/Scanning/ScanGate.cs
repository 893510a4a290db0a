using Uploader.Shared.Journal;
using Uploader.Shared.Storage;
using Uploader.Web.Refusals;

namespace Uploader.Web.Scanning;

/// <summary>Lets through what the virus scanner calls clean, and nothing while it says nothing. Without a scanner everything passes.</summary>
internal sealed class ScanGate(Clamd? clamd, TimeProvider time, ILogger<ScanGate> logger)
{
    private readonly Lock _lock = new();
    private long? _unavailableSince;

    public async Task<Refusal?> Refuses(StagedFile file, CancellationToken aborted)
    {
        if (clamd is null)
            return null;
        var verdict = await clamd.Scan(file, aborted);
        Tell(verdict);
        return verdict switch
        {
            ScanVerdict.Clean => null,
            ScanVerdict.Infected infected => Catalogue.Infected with { Evidence = infected.Signature },
            _ => Catalogue.ScannerUnavailable,
        };
    }

    /// <summary>Once when it stops to answer, and once when it answers again.</summary>
    private void Tell(ScanVerdict verdict)
    {
        lock (_lock)
        {
            if (verdict is ScanVerdict.Unavailable unavailable)
            {
                if (_unavailableSince is null)
                    logger.ScannerUnavailable(unavailable.Reason);
                _unavailableSince ??= time.GetTimestamp();
            }
            else if (_unavailableSince is { } since)
            {
                logger.ScannerRecovered(Math.Round(time.GetElapsedTime(since).TotalSeconds, 1));
                _unavailableSince = null;
            }
        }
    }
}
