using System.Collections.Concurrent;
using Uploader.Shared.Addresses;
using Uploader.Web.RateLimiting;

namespace Web.Tests.RateLimiting;

public sealed class ConcurrencyGateTests
{
    private static readonly Cidr Alice = Cidr.Parse("203.0.113.7");
    private static readonly Cidr Bob = Cidr.Parse("2001:db8:1:2::/64");
    private static readonly Cidr Carol = Cidr.Parse("203.0.113.8");

    [Fact]
    public void A_client_enters_up_to_its_limit_and_again_when_one_has_left()
    {
        var gate = new ConcurrencyGate(maxPerClient: 2, max: 10);
        using var first = gate.TryEnter(Alice);
        var second = gate.TryEnter(Alice);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(gate.TryEnter(Alice));
        Assert.NotNull(gate.TryEnter(Bob));

        second.Dispose();
        Assert.NotNull(gate.TryEnter(Alice));
        Assert.Null(gate.TryEnter(Alice));
    }

    [Fact]
    public void Everybody_together_enters_up_to_the_limit_of_all()
    {
        var gate = new ConcurrencyGate(maxPerClient: 2, max: 3);
        var ofAlice = gate.TryEnter(Alice);
        Assert.NotNull(gate.TryEnter(Alice));
        Assert.NotNull(gate.TryEnter(Bob));
        Assert.Null(gate.TryEnter(Bob));
        Assert.Null(gate.TryEnter(Carol));
        Assert.Equal((3, 2), (gate.Count, gate.Clients));

        ofAlice!.Dispose();
        Assert.NotNull(gate.TryEnter(Carol));
    }

    [Fact]
    public void Leaving_twice_is_leaving_once()
    {
        var gate = new ConcurrencyGate(maxPerClient: 2, max: 2);
        var first = gate.TryEnter(Alice)!;
        Assert.NotNull(gate.TryEnter(Alice));

        first.Dispose();
        first.Dispose();

        Assert.Equal(1, gate.Count);
        Assert.NotNull(gate.TryEnter(Alice));
        Assert.Null(gate.TryEnter(Alice));
    }

    [Fact]
    public void Nobody_is_remembered_who_has_left_or_was_refused()
    {
        var gate = new ConcurrencyGate(maxPerClient: 1, max: 1);
        var place = gate.TryEnter(Alice)!;
        Assert.Null(gate.TryEnter(Bob));
        place.Dispose();
        Assert.Equal((0, 0), (gate.Count, gate.Clients));
    }

    [Fact]
    public async Task Racing_requests_enter_exactly_up_to_both_limits()
    {
        var clients = new[] { Alice, Bob, Carol };
        var gate = new ConcurrencyGate(maxPerClient: 8, max: 20);
        var entered = new ConcurrentBag<(Cidr Client, IDisposable Place)>();

        await Race(6, () =>
        {
            for (var i = 0; i < 300; i++)
            {
                var client = clients[i % 3];
                if (gate.TryEnter(client) is { } place)
                    entered.Add((client, place));
            }
        });

        Assert.Equal(20, entered.Count);
        Assert.All(entered.CountBy(one => one.Client), ofClient => Assert.InRange(ofClient.Value, 1, 8));
        foreach (var (_, place) in entered)
            place.Dispose();
        Assert.Equal((0, 0), (gate.Count, gate.Clients));
    }

    [Fact]
    public async Task Coming_and_going_never_passes_a_limit_and_leaves_nothing_behind()
    {
        var gate = new ConcurrencyGate(maxPerClient: 2, max: 3);
        int ofAlice = 0, ofBob = 0, worst = 0, entered = 0;

        await Race(6, () =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var isAlice = i % 2 == 0;
                using var place = gate.TryEnter(isAlice ? Alice : Bob);
                if (place is null)
                    continue;
                Interlocked.Increment(ref entered);
                ref var count = ref isAlice ? ref ofAlice : ref ofBob;
                var now = Interlocked.Increment(ref count);
                if (now > 2 || gate.Count > 3)
                    Interlocked.Increment(ref worst);
                Interlocked.Decrement(ref count);
            }
        });

        Assert.Equal(0, worst);
        Assert.True(entered > 6);
        Assert.Equal((0, 0), (gate.Count, gate.Clients));
    }

    private static Task Race(int racers, Action run)
    {
        var start = new Barrier(racers);
        return Task.WhenAll(Enumerable.Range(0, racers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                run();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }
}
