using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Support.Ledger;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;
using Uploader.Web.Banning;
using Uploader.Worker.Jobs;

namespace Worker.Tests.Bans;

/// <summary>What the parts cost: run with <c>-explicit only</c>, built for Release.</summary>
public sealed class WayOfABanFigures
{
    [Theory(Explicit = true)]
    [InlineData(0)]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void A_look_up_in_the_ban_list(int bans)
    {
        var list = new BanList();
        for (var i = 0; i < bans; i++)
            list.Extend(Address(i), Ban.Forever);
        var gate = new BanGate(list, AddressSet.Loopback);
        var now = DateTimeOffset.UnixEpoch;
        var clients = Enumerable.Range(0, 4096).Select(i => Address((i * 397) + 5_000_000)).ToArray();
        var banned = Enumerable.Range(0, 4096).Select(i => Address(bans == 0 ? 0 : (int)(i * 2654435761L % bans))).ToArray();

        Write($"{bans} bans: not banned {Nanoseconds(gate, clients, now):0} ns, banned {Nanoseconds(gate, banned, now):0} ns");
        list.Extend(Cidr.Parse("192.0.2.0/24"), Ban.Forever);
        Write($"{bans} bans and a range: not banned {Nanoseconds(gate, clients, now):0} ns");
    }

    [Theory(Explicit = true)]
    [InlineData(0, 20)]
    [InlineData(1, 100)]
    [InlineData(100, 50)]
    [InlineData(1000, 10)]
    public void A_batch_of_failures(int rows, int times)
    {
        using var ledger = new TempLedger();
        var each = Each(times, i => ledger.File.Run(batch =>
        {
            if (rows > 0)
                batch.Failures.Append(Enumerable.Range(0, rows).Select(row => new FailureRow(0, Address(row), FailureKind.Auth, i, 1, "bad-key", "/upload")));
        }));
        Write($"batch of {rows} failures: {each}");
    }

    [Theory(Explicit = true)]
    [InlineData(100)]
    [InlineData(2_000)]
    [InlineData(10_000)]
    public void A_sweep_with_many_bans(int bans)
    {
        using var ledger = new TempLedger();
        var sweep = new BanSweep(ledger.File, new BanCourt(Jail.Defaults, AddressSet.Loopback, () => 0), NullLogger<BanSweep>.Instance);
        sweep.Sweep(DateTimeOffset.UnixEpoch);
        Write($"idle sweep: {Each(50, _ => sweep.Sweep(DateTimeOffset.UnixEpoch))}");
        for (var start = 0; start < bans; start += 1000)
            ledger.File.Run(batch => batch.Failures.Append(Enumerable.Range(start, Math.Min(bans, 1000)).Select(row => new FailureRow(0, Address(row), FailureKind.Auth, 1000, 5, "bad-key", "/upload"))));

        var began = Stopwatch.GetTimestamp();
        sweep.Sweep(DateTimeOffset.UnixEpoch);
        Write($"sweep that makes {bans} bans: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        began = Stopwatch.GetTimestamp();
        Write($"loading {ledger.File.BansInForce(1000).Count()} bans: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms, file {new FileInfo(ledger.DataPath).Length / 1024} KiB");
    }

    private static Cidr Address(int i) => Cidr.Parse($"{10 + (i >> 24)}.{(i >> 16) & 255}.{(i >> 8) & 255}.{i & 255}");

    private static double Nanoseconds(BanGate gate, Cidr[] clients, DateTimeOffset now)
    {
        const int Rounds = 500;
        var best = double.MaxValue;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var client in clients)
                    gate.IsBanned(client, now, out _);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalNanoseconds / Rounds / clients.Length);
        }

        return best;
    }

    private static string Each(int times, Action<int> act)
    {
        act(0);
        var taken = new List<double>();
        for (var i = 1; i <= times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            act(i);
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        taken.Sort();
        return $"p50 {taken[taken.Count / 2]:0.00} ms, p99 {taken[taken.Count * 99 / 100]:0.00} ms";
    }

    private static void Write(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
