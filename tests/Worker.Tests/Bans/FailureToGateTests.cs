using System.Diagnostics;
using Support;
using Support.Ledger;
using Uploader.Shared.Addresses;

namespace Worker.Tests.Bans;

public sealed class FailureToGateTests
{
    private const int Attackers = 10_000;
    private const int FailuresPerSecond = 2_000;

    [Fact]
    public async Task From_the_failure_that_earns_it_to_the_gate()
    {
        await using var way = await WayOfABan.Open();
        var times = new List<double>();
        for (var i = 0; i < 40; i++)
            times.Add(await TimeToBan(way, Cidr.Parse($"203.0.113.{i}")));

        Report("idle", times.Skip(2));
    }

    [Fact]
    public async Task Failures_that_are_under_way_while_the_lift_falls_are_forgiven()
    {
        await using var way = await WayOfABan.Open();
        var client = Cidr.Parse("203.0.113.7");
        await TimeToBan(way, client);

        for (var i = 0; i < 5; i++)
            way.Fail(client);
        way.Ledger.File.Run(ledger => ledger.Bans.Lift(client, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));

        await Until.True(
            () => way.Ledger.File.Run(ledger => ledger.Failures.After(0, 100).Sum(row => row.Count) == 10 && ledger.Failures.Judged == ledger.Failures.Newest),
            TimeSpan.FromSeconds(20),
            "all ten are judged");
        await Until.True(() => !way.IsBanned(client), TimeSpan.FromSeconds(20), "the lift is at the gate");
        Assert.DoesNotContain(way.Ledger.File.Run(ledger => ledger.Bans.Of(client)), ban => ban.LiftedMs is null);
    }

    [Fact]
    public async Task Two_thousand_failures_a_second_from_ten_thousand_addresses()
    {
        await using var way = await WayOfABan.Open();
        await TimeToBan(way, Cidr.Parse("203.0.113.200"));

        // Round and round: each address fails once in five seconds of flood, and another few fail five times at once.
        using var flooding = new CancellationTokenSource();
        var flood = Task.Run(() => Flood(way, flooding.Token), TestContext.Current.CancellationToken);
        var times = new List<double>();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(began).TotalSeconds < 3; i++)
            times.Add(await TimeToBan(way, Cidr.Parse($"203.0.113.{i}")));
        await flooding.CancelAsync();
        var sent = await flood;

        // Five rounds of all addresses at once earn everybody a ban, the last failure of each being the fifth.
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < Attackers; i++)
                way.Fail(Attacker(i));
        }

        var burst = Stopwatch.GetTimestamp();
        await Until.True(() => Enumerable.Range(0, Attackers).All(i => way.IsBanned(Attacker(i))), TimeSpan.FromSeconds(60), "all ten thousand are banned");

        Assert.Equal(0, way.Recorder.Dropped);
        Report($"under {sent / 3.0:0} failures/s", times);
        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 bans earned at once are all at the gate after {Stopwatch.GetElapsedTime(burst).TotalSeconds:0.0} s");
    }

    private static Cidr Attacker(int i) => Cidr.Parse($"10.0.{i / 250}.{i % 250}");

    private static async Task<double> TimeToBan(WayOfABan way, Cidr client)
    {
        for (var i = 0; i < 5; i++)
            way.Fail(client);
        var began = Stopwatch.GetTimestamp();
        // Closer than Until looks: this is what is measured.
        while (!way.IsBanned(client) && Stopwatch.GetElapsedTime(began).TotalSeconds < 20)
            await Task.Delay(1);
        Assert.True(way.IsBanned(client));
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<long> Flood(WayOfABan way, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        long sent = 0;
        while (!stop.IsCancellationRequested)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * FailuresPerSecond); sent < due; sent++)
                way.Fail(Attacker((int)(sent % Attackers)));
            await Task.Delay(1, CancellationToken.None);
        }

        return sent;
    }

    private static void Report(string what, IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine($"failure to gate, {what}: p50 {sorted[sorted.Length / 2]:0.0} ms, p99 {sorted[sorted.Length * 99 / 100]:0.0} ms, {sorted.Length} bans");
    }
}
