using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Systemd;

namespace Shared.Tests.Systemd;

[Collection(nameof(NotifySocket))]
public sealed class WatchdogPulseTests : IDisposable
{
    private readonly NotifySocket _systemd = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _systemd.Dispose();

    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "", 30.0)]
    [InlineData("30000000", "42", 30.0)]
    [InlineData("30000000", "43", null)]
    [InlineData("30000000", "x", null)]
    [InlineData("500000", null, 0.5)]
    [InlineData(null, null, null)]
    [InlineData("", null, null)]
    [InlineData("0", null, null)]
    [InlineData("-1", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("9223372036854775807", null, null)]
    public void Systemd_says_how_often(string? usec, string? pid, double? seconds) =>
        Assert.Equal(seconds, WatchdogPulse.IntervalOf(usec, pid, pid: 42)?.TotalSeconds);

    [Fact]
    public async Task A_pulse_comes_every_half_interval_while_alive()
    {
        var isAlive = true;
        var asked = 0;
        using var pulse = new WatchdogPulse(
            _systemd.Notifier(),
            () =>
            {
                Interlocked.Increment(ref asked);
                return Volatile.Read(ref isAlive);
            },
            _time,
            TimeSpan.FromSeconds(30));

        await pulse.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("WATCHDOG=1", await _systemd.Receive());
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("WATCHDOG=1", await _systemd.Receive());
        await Asked(2);

        Volatile.Write(ref isAlive, false);
        _time.Advance(TimeSpan.FromSeconds(15));
        await Asked(3);
        Assert.True(_systemd.IsSilent);

        Volatile.Write(ref isAlive, true);
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("WATCHDOG=1", await _systemd.Receive());
        await pulse.StopAsync(TestContext.Current.CancellationToken);

        async Task Asked(int times)
        {
            Assert.True(
                await Task.Run(() => SpinWait.SpinUntil(() => Volatile.Read(ref asked) >= times, TimeSpan.FromSeconds(5))), "was not asked");
        }
    }

    [Fact]
    public async Task Without_a_watchdog_there_is_no_pulse()
    {
        using var pulse = new WatchdogPulse(_systemd.Notifier(), () => true, _time, interval: null);

        await pulse.StartAsync(TestContext.Current.CancellationToken);
        await pulse.ExecuteTask!;

        Assert.True(_systemd.IsSilent);
    }
}
