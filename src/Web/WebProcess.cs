using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Shared.Scanning;
using Uploader.Shared.Storage;
using Uploader.Shared.Systemd;
using Uploader.Web.Addressing;
using Uploader.Web.Admission;
using Uploader.Web.Authentication;
using Uploader.Web.Banning;
using Uploader.Web.Committing;
using Uploader.Web.Health;
using Uploader.Web.Listening;
using Uploader.Web.RateLimiting;
using Uploader.Web.Receiving;
using Uploader.Web.Refusals;
using Uploader.Web.Reporting;
using Uploader.Web.Scanning;

namespace Uploader.Web;

/// <summary>Puts the web process together: its stages in their order, its listener, its paths.</summary>
internal static class WebProcess
{
    public const string Name = "fileuploader-web";

    private static readonly TimeSpan DataRateGrace = TimeSpan.FromSeconds(5);

    /// <summary>Per connection, and twice: the socket's reads and the request body's pipe.</summary>
    private const int TransportBuffer = 64 << 10;

    public static WebApplication Build(UploaderOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = Name });
        builder.LogToJournal(Name, options.Log);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = TransportBuffer);
        // Only where others wait in systemd's sockets meanwhile: a port of our own refuses them all the longer.
        if (SocketActivation.IsOurs)
            builder.Services.AddSingleton<IConnectionListenerFactory>(provider => new LingeringListeners(
                new SocketTransportFactory(provider.GetRequiredService<IOptions<SocketTransportOptions>>(), provider.GetRequiredService<ILoggerFactory>()),
                provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddRoutingCore();
        AddStages(builder.Services, options);
        builder.Services.AddServiceNotifier(services => services.GetRequiredService<StatusSentence>().Say);
        builder.Services.AddWatchdogPulse(services => services.GetRequiredService<Liveness>().IsAlive);
        builder.Services.AddHostedService(services => new LifeEvents(
            Name, services.GetRequiredService<StatusSentence>().Say, services.GetRequiredService<ILogger<LifeEvents>>()));

        var web = builder.Build();
        Map(web, options);
        return web;
    }

    /// <summary>The stages in the order an upload meets them.</summary>
    private static void AddStages(IServiceCollection services, UploaderOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new ClientAddresses(options.Proxies.Trusted, options.Proxies.Header, options.Proxies.Ipv6PrefixLength));
        AddBans(services, options);
        services.AddSingleton(provider => new RateGate(options.Limits.Rate, options.Limits.Burst, provider.GetRequiredService<TimeProvider>()));
        AddKeys(services, options);
        AddStorage(services, options);
        services.AddSingleton(new ConcurrencyGate(options.Limits.MaxConcurrentPerClient, options.Limits.MaxConcurrent));
        services.AddSingleton(options.Limits);
        services.AddSingleton(options.Inspection);
        AddScanner(services, options.Inspection);
        services.AddSingleton<AdmissionGate>();
        services.AddSingleton<FileReceiver>();
        services.AddSingleton<FormReceiver>();
        services.AddSingleton<FormCommitter>();
        services.AddSingleton<Tally>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<UploadLog>();
        services.AddSingleton<UploadWay>();
        services.AddSingleton<StatusSentence>();
        services.AddSingleton(provider => new WorkerSign(options.Schedule, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Readiness>();
        services.AddSingleton(provider => new Liveness(
            new Dictionary<string, LoopSign>(StringComparer.Ordinal)
            {
                [nameof(BanListRefresher)] = provider.GetRequiredService<BanListRefresher>().Sign,
                [nameof(FailureRecorder)] = provider.GetRequiredService<FailureRecorder>().Sign,
            },
            provider.GetRequiredService<ILogger<Liveness>>()));
        services.AddSingleton<WebTeller>();
        services.AddHostedService(provider => provider.GetRequiredService<WebTeller>());
    }

    private static void AddBans(IServiceCollection services, UploaderOptions options)
    {
        services.AddSingleton<LedgerFile>(provider => new(
            options.Ledger.Directory, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LedgerFile>>()));
        services.AddSingleton(new BanList(options.Proxies.Ipv6PrefixLength));
        services.AddSingleton(provider => new BanGate(provider.GetRequiredService<BanList>(), options.NeverBanned));
        services.AddSingleton<FailureRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<FailureRecorder>());
        services.AddSingleton(provider => new BanListRefresher(
            provider.GetRequiredService<LedgerFile>(),
            new LedgerSignal(options.Ledger.Directory, LedgerSignal.Bans),
            provider.GetRequiredService<BanList>(),
            sample =>
            {
                provider.GetRequiredService<WorkerSign>().Hear(sample);
                provider.GetRequiredService<DiskGauge>().Apply(sample.UsedBytes, sample.WalkStartedMonotonic);
            },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BanListRefresher>>()));
        services.AddHostedService(provider => provider.GetRequiredService<BanListRefresher>());
    }

    private static void AddKeys(IServiceCollection services, UploaderOptions options)
    {
        services.AddSingleton(provider => new KeyWatch(
            options.Auth.KeyFile, Environment.GetEnvironmentVariable("API_KEY"), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KeyWatch>>())
        {
            Adopted = ring =>
            {
                if (ring.HasQuotas)
                    provider.GetRequiredService<QuotaGate>().Want();
            },
        });
        services.AddHostedService(provider => provider.GetRequiredService<KeyWatch>());
        services.AddSingleton(provider => new KeyGate(() => provider.GetRequiredService<KeyWatch>().Ring));
    }

    private static void AddStorage(IServiceCollection services, UploaderOptions options)
    {
        services.AddSingleton(provider => new UploadStore(
            options.Storage.Root, options.Storage.Group, options.Storage.Durability, provider.GetRequiredService<ILogger<UploadStore>>()));
        services.AddSingleton<CommitLane>();
        services.AddSingleton(provider => new DiskGauge(options.Disk, () => provider.GetRequiredService<UploadStore>().Space().FreeBytes));
        services.AddSingleton<QuotaGate>();
        services.AddHostedService(provider => new QuotaWalk(
            options.Storage.Root, provider.GetRequiredService<QuotaGate>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<QuotaWalk>>()));
        if (options.Disk.MaxBytes is not null)
            services.AddHostedService(provider => new FirstWalk(options.Storage.Root, provider.GetRequiredService<DiskGauge>()));
    }

    private static void AddScanner(IServiceCollection services, InspectionOptions options)
    {
        var clamd = options.Clamd is { } place ? new Clamd(place, options.ClamdTimeout, TimeProvider.System) : null;
        services.AddSingleton<ScannerSign>();
        services.AddSingleton(provider => new ScanGate(clamd, provider.GetRequiredService<ScannerSign>()));
        services.AddSingleton(provider => new ScannerWatch(
            clamd, provider.GetRequiredService<ScannerSign>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ScannerWatch>>()));
        services.AddHostedService(provider => provider.GetRequiredService<ScannerWatch>());
    }

    private static void Listen(KestrelServerOptions kestrel, UploaderOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.Limits.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = options.Limits.HeaderTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new(options.Limits.MinDataRate, DataRateGrace);
        kestrel.Limits.MaxRequestBufferSize = TransportBuffer;
        // Ours: see docs/adr/0002.
        kestrel.Limits.MaxRequestBodySize = null;

        // Before any endpoint is added, or it does not hold for it.
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        if (SocketActivation.IsOurs)
            kestrel.UseSystemd();
        else
            kestrel.Listen(options.Web.Listen);
    }

    private static void Map(WebApplication web, UploaderOptions options)
    {
        var way = web.Services.GetRequiredService<UploadWay>();
        var readiness = web.Services.GetRequiredService<Readiness>();

        Post(web, options.Web.PathBase + "/upload", http => way.Take(http, UploadForm.Single));
        Post(web, options.Web.PathBase + "/upload/multiple", http => way.Take(http, UploadForm.Multiple(options.Limits.MaxFiles)));
        web.Map("/health/live", http => Reporter.Send(http, Readiness.Live));
        web.Map("/health/ready", http => Reporter.Send(http, readiness.Report()));
        web.MapFallback(http => Reporter.Send(http, Catalogue.NotFound));
    }

    private static void Post(WebApplication web, string path, RequestDelegate take) => web.Map(path, http =>
    {
        if (HttpMethods.IsPost(http.Request.Method))
            return take(http);
        http.Response.Headers.Allow = HttpMethods.Post;
        return Reporter.Send(http, Catalogue.MethodNotAllowed);
    });
}
