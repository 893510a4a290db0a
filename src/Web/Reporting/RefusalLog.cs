using Uploader.Shared.Bans;
using Uploader.Shared.Journal;
using Uploader.Web.Addressing;
using Uploader.Web.Authentication;
using Uploader.Web.Banning;
using Uploader.Web.RateLimiting;
using Uploader.Web.Refusals;

namespace Uploader.Web.Reporting;

/// <summary>
/// Says "no" to those who keep records: a failure to the ledger where it counts, an event to the journal. Under a flood the first
/// events of each second are written one by one and the rest are counted, so that journald's own rate limit never hides an alert.
/// </summary>
internal sealed class RefusalLog(FailureRecorder failures, Tally tally, TimeProvider time, ILogger<RefusalLog> logger)
{
    private const double EventsPerSecond = 20;
    private const int EventBurst = 200;
    private static readonly TimeSpan SummaryEvery = TimeSpan.FromSeconds(10);

    private readonly TokenBucket _events = new(EventsPerSecond, EventBurst, time.TimestampFrequency);
    private readonly Lock _lock = new();
    private long _eventsFullAt;
    private long _notLogged;
    private long _lastSummary = time.GetTimestamp();

    public void Record(Refusal refusal, ClientAddress client, string path, KeyVerdict? key)
    {
        tally.Refused(refusal);

        // A proxy is never banned, and what it sends in its own name is this machine's own doing.
        for (var i = 0; i < refusal.Weight && refusal.CountsAs is { } kind && !client.IsTrustedProxy; i++)
            failures.Report(new Failure(client.Counted, kind, time.GetUtcNow(), refusal.Code, path));

        if (refusal.Code == Catalogue.Banned.Code || refusal.Code == Catalogue.RateLimited.Code || !MayLog())
            Interlocked.Increment(ref _notLogged);
        else if (key is KeyVerdict.Expired or KeyVerdict.NotFromHere)
            logger.KeyRefused(key.Name, client.ToString(), path, refusal.Code);
        else if (refusal.CountsAs is FailureKind.Auth)
            logger.AuthFailure(client.ToString(), path, refusal.Code, (key as KeyVerdict.BadKey)?.Fingerprint ?? "");
        else
            logger.UploadRefused(client.ToString(), refusal.Status, refusal.Code, refusal.Evidence is { } evidence ? $"{refusal.Detail} ({evidence})" : refusal.Detail, path, key?.Name ?? "");

        Summarise();
    }

    private bool MayLog()
    {
        lock (_lock)
            return _events.TryTake(ref _eventsFullAt, time.GetTimestamp(), out _);
    }

    private void Summarise()
    {
        var last = Volatile.Read(ref _lastSummary);
        var elapsed = time.GetElapsedTime(last);
        if (elapsed < SummaryEvery || Interlocked.CompareExchange(ref _lastSummary, time.GetTimestamp(), last) != last)
            return;
        if (Interlocked.Exchange(ref _notLogged, 0) is > 0 and var count)
            logger.RefusalsNotLogged(count, Math.Round(elapsed.TotalSeconds, 1));
    }
}
