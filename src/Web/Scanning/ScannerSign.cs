using Uploader.Shared.Journal;

namespace Uploader.Web.Scanning;

/// <summary>Tells the journal once when the virus scanner stops to work and once when it works again, whoever finds out: an upload or the watch.</summary>
internal sealed class ScannerSign(TimeProvider time, ILogger<ScannerSign> logger)
{
    private readonly Lock _lock = new();
    private long? _unavailableSince;

    /// <param name="trouble">Why it does not work; null when it does.</param>
    public void Hear(string? trouble)
    {
        lock (_lock)
        {
            if (trouble is not null)
            {
                if (_unavailableSince is null)
                    logger.ScannerUnavailable(trouble);
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
