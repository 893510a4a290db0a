using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Uploader.Shared.Systemd;

/// <summary>Sends WATCHDOG=1 every half of <c>WATCHDOG_USEC</c> for as long as the process is truly alive; when it is not, systemd restarts it.</summary>
/// <param name="notifier">Works by <c>NOTIFY_SOCKET</c> alone.</param>
/// <param name="isAlive">Says whether the process does its work; asked before each pulse.</param>
/// <param name="time">Beats by the monotonic clock, so that a stepped wall clock stops no pulse.</param>
/// <param name="interval">What systemd expects, or null when it expects nothing.</param>
internal sealed class WatchdogPulse(ISystemdNotifier notifier, Func<bool> isAlive, TimeProvider time, TimeSpan? interval) : BackgroundService
{
    /// <summary>The interval of sd_watchdog_enabled(3): none when the variables are missing, unreadable or meant for another process.</summary>
    public static TimeSpan? IntervalOf(string? watchdogUsec, string? watchdogPid, int pid)
    {
        var isOurs = string.IsNullOrEmpty(watchdogPid)
            || (int.TryParse(watchdogPid, NumberStyles.None, CultureInfo.InvariantCulture, out var meant) && meant == pid);
        return isOurs
            && long.TryParse(watchdogUsec, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds is > 0 and < long.MaxValue / TimeSpan.TicksPerMicrosecond
                ? TimeSpan.FromMicroseconds(microseconds)
                : null;
    }

    public static TimeSpan? IntervalOfThisProcess() => IntervalOf(
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (interval is not { } expected || !notifier.IsEnabled)
        {
            return;
        }

        using var timer = new PeriodicTimer(expected / 2, time);
        do
        {
            if (isAlive())
            {
                notifier.TryNotify(new ServiceState("WATCHDOG=1"));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
