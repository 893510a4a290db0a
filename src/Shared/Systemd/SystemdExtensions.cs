using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Uploader.Shared.Systemd;

/// <summary>Adds to a host what systemd wants to hear of it.</summary>
internal static class SystemdExtensions
{
    /// <param name="services">The host's.</param>
    /// <param name="status">The sentence for <c>systemctl status</c>, asked every few seconds.</param>
    public static IServiceCollection AddServiceNotifier(this IServiceCollection services, Func<IServiceProvider, Func<string>> status)
    {
        services.AddNotifier();
        return services.AddHostedService(s => new ServiceNotifier(
            s.GetRequiredService<ISystemdNotifier>(), status(s), s.GetRequiredService<TimeProvider>()));
    }

    /// <param name="services">The host's.</param>
    /// <param name="isAlive">Says whether the process does its work; asked before each pulse.</param>
    public static IServiceCollection AddWatchdogPulse(this IServiceCollection services, Func<IServiceProvider, Func<bool>> isAlive)
    {
        services.AddNotifier();
        return services.AddHostedService(s => new WatchdogPulse(
            s.GetRequiredService<ISystemdNotifier>(), isAlive(s), s.GetRequiredService<TimeProvider>(), WatchdogPulse.IntervalOfThisProcess()));
    }

    /// <returns>False when systemd could not be told: it may be starting anew (`systemctl daemon-reexec`), and the next time comes.</returns>
    public static bool TryNotify(this ISystemdNotifier notifier, ServiceState state)
    {
        try
        {
            notifier.Notify(state);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void AddNotifier(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISystemdNotifier>(_ => new SystemdNotifier());
    }
}
