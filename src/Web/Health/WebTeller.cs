using Uploader.Shared.Ledger;
using Uploader.Web.Authentication;
using Uploader.Web.RateLimiting;
using Uploader.Web.Reporting;
using Uploader.Web.Scanning;

namespace Uploader.Web.Health;

/// <summary>
/// Tells the operator, by way of the ledger, what came in during the last hour and how this process is: every few seconds while something happens, and
/// otherwise only often enough to be known alive. A process that starts takes the hour over from the one before it.
/// </summary>
internal sealed class WebTeller(
    Tally tally, KeyWatch keys, ConcurrencyGate uploads, ScannerWatch scanner, StatusSentence sentence, LedgerFile ledger, TimeProvider time, ILogger<WebTeller> logger)
    : StatusTeller<WebStatus, (long Changes, int Keys, ScannerStatus? Scanner)>(ledger, BusyEvery, SelfReport.ToldEvery, time, logger)
{
    /// <summary>Not oftener, whatever comes in: each write is synced, and uploads wait for the same disk.</summary>
    public static readonly TimeSpan BusyEvery = TimeSpan.FromSeconds(5);

    private int Keys => keys.Ring.CountAt(Time.GetUtcNow());

    // The number of uploads under way is no news: it changes all the time.
    protected override (long Changes, int Keys, ScannerStatus? Scanner) News() => (tally.Changes, Keys, scanner.Last);

    protected override WebStatus Status(bool hasStopped) => new(Self(hasStopped, sentence.Say()), Keys, uploads.Count, tally.LastHour(), scanner.Last);

    protected override void TakeOver(WebStatus before) => tally.Add(before.Hour);

    protected override WebStatus? Find(StatusBook book) => book.FindWeb();

    protected override void Put(StatusBook book, WebStatus status) => book.PutWeb(status);
}
