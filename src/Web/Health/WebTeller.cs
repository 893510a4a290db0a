using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;
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
    : BackgroundService, IHostedLifecycleService
{
    /// <summary>Not oftener, whatever comes in: each write is synced, and uploads wait for the same disk.</summary>
    public static readonly TimeSpan BusyEvery = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private bool _hasAsked;
    private (long Changes, int Keys, string Ledger)? _told;
    private long _toldAt;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The last word, when the last upload has ended.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Try(() => Tell(hasStopped: true));
        return Task.CompletedTask;
    }

    /// <summary>Looks whether there is anything to tell, and tells it.</summary>
    /// <exception cref="LedgerUnavailableException">It will be told at a later look.</exception>
    public void Look()
    {
        if (_told != State() || time.GetElapsedTime(_toldAt) >= SelfReport.ToldEvery)
            Tell(hasStopped: false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BusyEvery, time);
        do
            Try(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Tell(bool hasStopped)
    {
        AskBefore();
        var now = time.GetUtcNow();
        var state = State();
        var status = new WebStatus(
            new SelfReport(Launch.Version, Environment.ProcessId, _startedAt, now, hasStopped, sentence.Say()), state.Keys, uploads.Count, tally.LastHour());
        var generation = ledger.Run(batch =>
        {
            batch.Status.PutWeb(status);
            return batch.Generation;
        });
        _told = state with { Ledger = generation };
        _toldAt = time.GetTimestamp();
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
    private (long Changes, int Keys, string Ledger) State() => (tally.Changes, keys.Ring.CountAt(time.GetUtcNow()), ledger.Generation);

    private void Try(Action tell)
    {
        try
        {
            tell();
        }
        catch (LedgerUnavailableException)
        {
            // Logged where it happened, once; told at the next look.
        }
        catch (Exception e)
        {
            // The edge of the loop.
            logger.JobFailed(nameof(WebTeller), e);
        }
    }
}
