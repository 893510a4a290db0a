using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Failures;

/// <summary>Reads the failures backwards from the newest, a few thousand a hold of the ledger's lock.</summary>
internal static class LatestFailures
{
    private const int RowsAtATime = 2_000;

    /// <summary>Rows are in order of time but for the disorder within a batch.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(1);

    public static IEnumerable<FailureRow> Since(LedgerFile ledger, DateTimeOffset since)
    {
        var (first, last) = (since.ToUnixTimeSeconds(), (since - Disorder).ToUnixTimeSeconds());
        return All(ledger).TakeWhile(row => row.AtSeconds >= last).Where(row => row.AtSeconds >= first);
    }

    public static IEnumerable<FailureRow> All(LedgerFile ledger)
    {
        for (long? next = null; next is not 0;)
        {
            var from = next;
            var rows = ledger.Run(batch => batch.Failures.Backwards(from ?? batch.Failures.Newest, RowsAtATime).ToList());
            foreach (var row in rows)
                yield return row;
            next = rows.Count == 0 ? 0 : rows[^1].Id - 1;
        }
    }
}
