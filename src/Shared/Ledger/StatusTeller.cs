using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Ledger;

/// <summary>
/// Tells the operator, by way of the ledger, how a process is: when it looks and there is news, or the ledger was begun anew, and otherwise only often enough.
/// It begins with what the process before it told, and has the last word when everything else has ended.
/// </summary>
/// <typeparam name="TStatus">What it tells.</typeparam>
/// <typeparam name="TNews">What is worth a write of its own when it changes.</typeparam>
internal abstract class StatusTeller<TStatus, TNews>(LedgerFile ledger, TimeSpan lookEvery, TimeSpan quietEvery, TimeProvider time, ILogger logger)
    : BackgroundService, IHostedLifecycleService
    where TStatus : class
    where TNews : IEquatable<TNews>
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private bool _hasTakenOver;
    private TNews? _told;
    private string? _toldTo;
    private long _toldAt;

    protected TimeProvider Time { get; } = time;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Try(() => Tell(hasStopped: true));
        return Task.CompletedTask;
    }

    /// <summary>Looks whether there is anything to tell, and tells it.</summary>
    /// <exception cref="LedgerUnavailableException">It will be told at a later look.</exception>
    public virtual void Look()
    {
        TakeOver();
        if (_toldTo != ledger.Generation || !News().Equals(_told) || Time.GetElapsedTime(_toldAt) >= quietEvery)
            Tell(hasStopped: false);
    }

    protected abstract TNews News();

    protected abstract TStatus Status(bool hasStopped);

    /// <summary>A restart is not to forget what the process before this one told.</summary>
    protected abstract void TakeOver(TStatus before);

    protected abstract TStatus? Find(StatusBook book);

    protected abstract void Put(StatusBook book, TStatus status);

    protected SelfReport Self(bool hasStopped, string sentence) =>
        new(Launch.Version, Environment.ProcessId, _startedAt, Time.GetUtcNow(), hasStopped, sentence);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(lookEvery, Time);
        do
            Try(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Before the first write, which would overwrite it.
    private void TakeOver()
    {
        if (_hasTakenOver)
            return;
        if (ledger.Run(batch => Find(batch.Status)) is { } before)
            TakeOver(before);
        _hasTakenOver = true;
    }

    private void Tell(bool hasStopped)
    {
        TakeOver();
        // In this order: what happens in between is told twice.
        var (news, status) = (News(), Status(hasStopped));
        _toldTo = ledger.Run(batch =>
        {
            Put(batch.Status, status);
            return batch.Generation;
        });
        _told = news;
        _toldAt = Time.GetTimestamp();
    }

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
            logger.JobFailed(GetType().Name, e);
        }
    }
}
