using System.Net;
using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Addresses;
using Uploader.Web.RateLimiting;

namespace Web.Tests.RateLimiting;

public sealed class RateGateTests
{
    private static readonly Cidr Alice = Cidr.Parse("203.0.113.7");
    private static readonly Cidr Bob = Cidr.Parse("2001:db8:1:2::/64");

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_burst_passes_and_then_the_rate()
    {
        using var gate = new RateGate(5, 10, _clock);

        Assert.Equal(10, Taken(gate, Alice, 15));
        Assert.False(gate.TryTake(Alice, out var retryAfter));
        Assert.Equal(TimeSpan.FromMilliseconds(200), retryAfter);

        _clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(1, Taken(gate, Alice, 5));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5, Taken(gate, Alice, 15));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, Taken(gate, Alice, 15));
    }

    [Fact]
    public void Clients_do_not_feel_each_other()
    {
        using var gate = new RateGate(5, 10, _clock);
        Assert.Equal(10, Taken(gate, Alice, 50));
        Assert.Equal(10, Taken(gate, Bob, 50));
    }

    [Fact]
    public void Being_refused_costs_nothing()
    {
        using var gate = new RateGate(5, 1, _clock);
        Assert.Equal(1, Taken(gate, Alice, 10_000));
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(gate.TryTake(Alice, out _));
    }

    [Fact]
    public async Task Racing_requests_take_exactly_the_burst()
    {
        using var gate = new RateGate(5, 1000, _clock);
        var clients = Enumerable.Range(0, 20).Select(i => Cidr.Of(new IPAddress([203, 0, 113, (byte)i]))).ToArray();

        var taken = await Race(8, _ => clients.Sum(client => Taken(gate, client, 500)));

        Assert.Equal(20 * 1000, taken);
        Assert.Equal(20, gate.Clients);
    }

    [Fact]
    public async Task A_full_table_stays_exactly_full_under_racing_newcomers()
    {
        using var gate = new RateGate(5, 10, _clock, maxClients: 1000);

        await Race(8, racer => Enumerable.Range(0, 2000).Count(i => gate.TryTake(Customer(racer * 1000 + i), out _)));

        Assert.Equal(1000, gate.Clients);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, gate.Clients);
    }

    [Fact]
    public void Idle_clients_are_forgotten_and_busy_ones_are_not()
    {
        using var gate = new RateGate(5, 10, _clock);
        for (var i = 0; i < 5000; i++)
            gate.TryTake(Customer(i), out _);
        Assert.Equal(5000, gate.Clients);

        for (var half = 0; half < 8; half++)
        {
            Taken(gate, Alice, 100);
            _clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        // 10 and 5 a second make 30 by now, of which 27 were taken half a second ago.
        Assert.Equal(1, gate.Clients);
        Assert.Equal(3, Taken(gate, Alice, 100));
    }

    [Fact]
    public void A_slow_rate_is_not_forgotten_before_the_bucket_is_full()
    {
        using var gate = new RateGate(1.0 / 3600, 2, _clock);
        Assert.Equal(2, Taken(gate, Alice, 5));

        for (var minute = 0; minute < 59; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.False(gate.TryTake(Alice, out _));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Taken(gate, Alice, 5));
        _clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromMinutes(2));
        Assert.Equal(0, gate.Clients);
    }

    [Fact]
    public void A_flood_of_prefixes_from_one_network_limits_that_network_and_nobody_else()
    {
        using var gate = new RateGate(5, 10, _clock, maxClients: 1000);
        Assert.Equal(1, Taken(gate, Alice, 1));

        // 999 more fill the table; all further prefixes of the /32 share one bucket.
        var passed = Enumerable.Range(0, 100_000).Count(i => gate.TryTake(Customer(i), out _));
        Assert.Equal(999 + 10, passed);
        Assert.Equal(1000, gate.Clients);

        Assert.Equal(9, Taken(gate, Alice, 20));
        // Of a hundred newcomers elsewhere nearly all find a bucket that nobody drained; 4096 to 1 each that it is the flood's, and a few share.
        var newcomers = Enumerable.Range(0, 100).Count(i => gate.TryTake(Cidr.Parse($"198.{i}.100.7"), out _));
        Assert.InRange(newcomers, 98, 100);
    }

    [Fact]
    public void After_the_flood_everybody_has_a_bucket_again()
    {
        using var gate = new RateGate(5, 10, _clock, maxClients: 1000);
        foreach (var i in Enumerable.Range(0, 10_000))
            gate.TryTake(Customer(i), out _);

        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(0, gate.Clients);
        Assert.Equal(10, Taken(gate, Customer(9999), 20));
        Assert.Equal(10, Taken(gate, Customer(9998), 20));
    }

    private static Cidr Customer(int i) => Cidr.Parse($"2001:db8:{i >> 16:x}:{i & 0xffff:x}::/64");

    private static int Taken(RateGate gate, Cidr client, int attempts) => Enumerable.Range(0, attempts).Count(_ => gate.TryTake(client, out var _));

    private static async Task<int> Race(int racers, Func<int, int> run)
    {
        using var start = new Barrier(racers);
        var tasks = Enumerable.Range(0, racers).Select(racer => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return run(racer);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        return (await Task.WhenAll(tasks)).Sum();
    }
}
