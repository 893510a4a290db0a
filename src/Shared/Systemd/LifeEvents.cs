using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Systemd;

/// <summary>Writes to the journal when a process is ready and when it is asked to stop.</summary>
internal sealed class LifeEvents(string process, Func<string> sentence, ILogger<LifeEvents> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        logger.Started(process, Launch.Version, sentence());
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        logger.Stopping(process);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
