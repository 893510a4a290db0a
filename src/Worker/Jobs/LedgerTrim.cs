using Microsoft.Extensions.Logging;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;

namespace Uploader.Worker.Jobs;

/// <summary>Keeps the ledger small: old failures and long ended bans go, and failures beyond a number, for whoever sends them must not fill the disk with them.</summary>
internal sealed class LedgerTrim
{
    /// <summary>About 50 ms of the lock.</summary>
    private const int RowsAtATime = 1_000;

    /// <summary>A failure from that far ahead was written when the clock was wrong.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    private readonly LedgerFile _ledger;
    private readonly TimeSpan _keepFailures;
    private readonly TimeSpan _keepBans;
    private readonly long _maxFailures;
    private readonly ILogger _logger;

    public LedgerTrim(LedgerFile ledger, TimeSpan keepFailures, TimeSpan keepBans, long maxFailures, ILogger<LedgerTrim> logger)
    {
        _ledger = ledger;
        _keepFailures = keepFailures;
        _keepBans = keepBans;
        _maxFailures = maxFailures;
        _logger = logger;
    }

    /// <exception cref="LedgerUnavailableException">What was trimmed before stays trimmed; the next run does the rest.</exception>
    public void Trim(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var before = (now - _keepFailures).ToUnixTimeSeconds();
        var after = (now + Ahead).ToUnixTimeSeconds();
        var endedBefore = (now - _keepBans).ToUnixTimeMilliseconds();

        var failures = InChunks(ledger => ledger.Failures.Trim(before, after, _maxFailures, RowsAtATime), cancellation);
        var bans = InChunks(ledger => ledger.Bans.Trim(endedBefore, RowsAtATime), cancellation);
        if (failures + bans > 0)
            _logger.LedgerTrimmed(failures, bans);
    }

    private long InChunks(Func<LedgerBatch, int> trim, CancellationToken cancellation)
    {
        long total = 0;
        for (var chunk = RowsAtATime; chunk == RowsAtATime && !cancellation.IsCancellationRequested;)
        {
            chunk = _ledger.Run(trim);
            total += chunk;
        }

        return total;
    }
}
