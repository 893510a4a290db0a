using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Bans;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;
using Uploader.Shared.Systemd;
using Uploader.Worker.Jobs;
using Uploader.Worker.Scheduling;
using Uploader.Worker.Telling;

namespace Uploader.Worker;

/// <summary>Puts the worker together: its jobs, its schedule, its word to systemd.</summary>
internal static class WorkerProcess
{
    public const string Name = "fileuploader-worker";

    public static IHost Build(UploaderOptions options) => Build(options, TimeProvider.System);

    internal static IHost Build(UploaderOptions options, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = Name });
        builder.LogToJournal(Name, options.Log);
        var services = builder.Services;
        services.AddSingleton(time);
        services.AddSingleton(options);
        services.AddSingleton(provider => new LedgerFile(options.Ledger.Directory, time, provider.GetRequiredService<ILogger<LedgerFile>>()));
        AddBans(services, options, time);
        AddStorage(services, options);
        services.AddSchedule(Schedule.Of(options.Schedule), time);
        services.AddServiceNotifier(provider => provider.GetRequiredService<StatusSentence>().Say);
        services.AddWatchdogPulse(provider => provider.GetRequiredService<StallWatch>().IsAlive);
        services.AddSingleton<StatusSentence>();
        services.AddSingleton<WorkerTeller>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkerTeller>());
        services.AddHostedService(provider => new LifeEvents(
            Name, provider.GetRequiredService<StatusSentence>().Say, provider.GetRequiredService<ILogger<LifeEvents>>()));
        return builder.Build();
    }

    private static void AddBans(IServiceCollection services, UploaderOptions options, TimeProvider time)
    {
        services.AddSingleton(new BanCourt(options.Bans.Jails, options.NeverBanned, RandomPart));
        services.AddSingleton(provider => new BanSweep(
            provider.GetRequiredService<LedgerFile>(), provider.GetRequiredService<BanCourt>(), provider.GetRequiredService<ILogger<BanSweep>>(), options.Proxies.Ipv6PrefixLength));
        services.AddHostedService(provider => new BanSweepNudge(
            provider.GetRequiredService<BanSweep>(),
            new LedgerSignal(options.Ledger.Directory, LedgerSignal.Failures),
            time,
            provider.GetRequiredService<ILogger<BanSweepNudge>>()));
        services.AddSingleton(provider => new LedgerTrim(
            provider.GetRequiredService<LedgerFile>(),
            options.Ledger.KeepFailures,
            options.Ledger.KeepBans,
            options.Ledger.MaxFailures,
            provider.GetRequiredService<ILogger<LedgerTrim>>()));
    }

    private static void AddStorage(IServiceCollection services, UploaderOptions options)
    {
        var storage = options.Storage;
        var wanted = new WantedPermissions(
            storage.Owner is "" ? Accounts.CurrentUser : Accounts.FindUser(storage.Owner)!.Value, Accounts.FindGroup(storage.Group)!.Value);
        services.AddSingleton<DiskWatch>();
        services.AddSingleton(provider => new PermissionSweep(storage.Root, wanted, provider.GetRequiredService<ILogger<PermissionSweep>>()));
    }

    /// <summary>Of a ban's length, from 0 to below 1: unguessable, so that nobody can time his return.</summary>
    private static double RandomPart() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
