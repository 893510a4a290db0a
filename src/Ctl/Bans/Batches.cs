using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Bans;

/// <summary>Writes many things into the ledger a few at a time: uploads never wait for it, but failures and bans do.</summary>
internal static class Batches
{
    private const int AtATime = 500;

    /// <summary>
    /// The lock is asked for again and again by whoever waits, about every millisecond. Without a pause between two batches the one who writes them is
    /// always first.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Each batch is a transaction of its own: whoever is interrupted has written whole ones.</summary>
    /// <returns>What <paramref name="write"/> made of each item, in their order.</returns>
    public static async Task<List<TResult>> Write<T, TResult>(
        LedgerFile ledger, IReadOnlyCollection<T> items, Func<LedgerBatch, T, TResult> write, CancellationToken cancellation)
    {
        var results = new List<TResult>(items.Count);
        foreach (var chunk in items.Chunk(AtATime))
        {
            if (results.Count > 0)
                await Task.Delay(Pause, cancellation);
            results.AddRange(ledger.Run(batch => chunk.Select(item => write(batch, item)).ToList()));
        }

        return results;
    }
}
