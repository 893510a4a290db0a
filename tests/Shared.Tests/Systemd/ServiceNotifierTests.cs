using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Systemd;

namespace Shared.Tests.Systemd;

[Collection(nameof(NotifySocket))]
public sealed class ServiceNotifierTests : IDisposable
{
    private readonly NotifySocket _systemd = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _systemd.Dispose();

    [Fact]
    public async Task A_host_says_when_it_is_ready_and_when_it_stops()
    {
        using var host = Host(() => "2 bans in force");

        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("READY=1\nSTATUS=2 bans in force", await _systemd.Receive());

        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal("STOPPING=1", await _systemd.Receive());
    }

    [Fact]
    public async Task Ready_comes_after_everything_has_started()
    {
        var slow = new SlowStart(_systemd);
        using var host = Host(() => "", services => services.AddSingleton<IHostedService>(slow));

        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.True(slow.WasSilent);
        Assert.StartsWith("READY=1", await _systemd.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_is_sent_again_when_it_changes()
    {
        var sentence = "one";
        using var host = Host(() => sentence);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await _systemd.Receive();

        sentence = "two\nREADY=1";
        Assert.Equal(@"STATUS=two\nREADY=1", await NextWhileTimePasses());
        sentence = "three";
        Assert.Equal("STATUS=three", await NextWhileTimePasses());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_systemd_a_host_runs_all_the_same()
    {
        using var host = Host(() => "", services => services.AddSingleton<ISystemdNotifier>(new SystemdNotifier()));

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(_systemd.IsSilent);
    }

    // The loop begins to wait some time after the host has started.
    private async Task<string> NextWhileTimePasses()
    {
        var next = _systemd.Receive();
        while (!next.IsCompleted)
        {
            _time.Advance(ServiceNotifier.StatusInterval);
            await Task.WhenAny(next, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        return await next;
    }

    private IHost Host(Func<string> status, Action<IServiceCollection>? more = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time).AddSingleton(_systemd.Notifier()).AddServiceNotifier(_ => status);
        more?.Invoke(builder.Services);
        return builder.Build();
    }

    private sealed class SlowStart(NotifySocket systemd) : IHostedService
    {
        public bool WasSilent { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            WasSilent = systemd.IsSilent;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
