using Uploader.Shared.Ledger;
using Uploader.Web.Authentication;
using Uploader.Web.RateLimiting;
using Uploader.Web.Reporting;

namespace Uploader.Web.Health;

/// <summary>
/// Tells the operator, by way of the ledger, what came in during the last hour and how this process is: every few seconds while something happens, and
/// otherwise only often enough to be known alive. A process that starts takes the hour over from the one before it.
/// </summary>
internal sealed class WebTeller(
    Tally tally, KeyWatch keys, ConcurrencyGate uploads, StatusSentence sentence, LedgerFile ledger, TimeProvider time, ILogger<WebTeller> logger)
    : StatusTeller(BusyEvery, time, logger)
{
    /// <summary>Not oftener, whatever comes in: each write is synced, and uploads wait for the same disk.</summary>
    public static readonly TimeSpan BusyEvery = TimeSpan.FromSeconds(5);

    private bool _hasAsked;
    private (long Changes, int Keys, string Ledger)? _told;
    private long _toldAt;

    /// <inheritdoc/>
    public override void Look()
    {
        if (_told != State() || Time.GetElapsedTime(_toldAt) >= SelfReport.ToldEvery)
            Tell(hasStopped: false);
    }

    protected override void Tell(bool hasStopped)
    {
        AskBefore();
        var state = State();
        var status = new WebStatus(Self(hasStopped, sentence.Say()), state.Keys, uploads.Count, tally.LastHour());
        var generation = ledger.Run(batch =>
        {
            batch.Status.PutWeb(status);
            return batch.Generation;
        });
        _told = state with { Ledger = generation };
        _toldAt = Time.GetTimestamp();
    }

    // Before the first write, which would overwrite it.
    private void AskBefore()
    {
        if (_hasAsked)
            return;
        tally.Add(ledger.Run(batch => batch.Status.FindWeb())?.Hour ?? []);
        _hasAsked = true;
    }

    /// <summary>What is worth a write when it changes. The number of uploads under way is not: it changes all the time.</summary>
    private (long Changes, int Keys, string Ledger) State() => (tally.Changes, keys.Ring.CountAt(Time.GetUtcNow()), ledger.Generation);
}
