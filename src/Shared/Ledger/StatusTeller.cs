using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Ledger;

/// <summary>
/// Tells the operator, by way of the ledger, how a process is. It looks now and then whether there is anything worth a write, and has the last word when
/// everything else has ended.
/// </summary>
internal abstract class StatusTeller(TimeSpan lookEvery, TimeProvider time, ILogger logger) : BackgroundService, IHostedLifecycleService
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

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
    public abstract void Look();

    protected abstract void Tell(bool hasStopped);

    protected SelfReport Self(bool hasStopped, string sentence) =>
        new(Launch.Version, Environment.ProcessId, _startedAt, Time.GetUtcNow(), hasStopped, sentence);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(lookEvery, Time);
        do
            Try(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken));
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
