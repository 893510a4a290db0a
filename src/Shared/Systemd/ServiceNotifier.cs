using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Systemd;

/// <summary>
/// Tells systemd what this process is doing (sd_notify(3)): READY=1 once the host has started, STATUS= with a sentence that is kept current,
/// STOPPING=1 when it ends. Without <c>NOTIFY_SOCKET</c> it does nothing.
/// </summary>
/// <param name="notifier">
/// Works by <c>NOTIFY_SOCKET</c> alone. The framework's <c>UseSystemd()</c> would look at <c>/proc/&lt;ppid&gt;/comm</c> first, which
/// <c>ProtectProc=invisible</c> hides, and then never send READY=1.
/// </param>
/// <param name="status">The sentence for <c>systemctl status</c>.</param>
/// <param name="time">When to look at the sentence again.</param>
internal sealed class ServiceNotifier(ISystemdNotifier notifier, Func<string> status, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    public static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(5);

    private string? _said;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _said = status();
        // Not heard, this process would be killed after TimeoutStartSec without a word: better to fail now and say why.
        notifier.Notify(new ServiceState("READY=1\n" + StatusLine(_said)));
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        notifier.TryNotify(ServiceState.Stopping);
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!notifier.IsEnabled)
        {
            return;
        }

        using var timer = new PeriodicTimer(StatusInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var sentence = status();
            if (sentence != _said && notifier.TryNotify(new ServiceState(StatusLine(sentence))))
            {
                _said = sentence;
            }
        }
    }

    // A line break in the sentence would be a second assignment to systemd.
    private static string StatusLine(string sentence) => "STATUS=" + OneLine.Escape(sentence);
}
