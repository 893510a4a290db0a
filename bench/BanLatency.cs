using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Uploader.Bench;

/// <summary>How fast the two processes ban who keeps failing, and what a flood of failures costs those who do not.</summary>
internal static class BanLatency
{
    private const int FailuresForABan = 5;
    private const int FileSize = 16 << 10;
    private const int WarmingUp = 8;
    private const int Created = 201;
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Ranges that belong to nobody: of shared address space, of benchmarks, of documentation.
    private static readonly Func<string> FreshCrowd = Counting("100.64.0.0");
    private static readonly Func<string> FreshProbe = Counting("198.18.0.0");
    private const string Customer = "203.0.113.7";

    public static async Task Run(Target target, int addresses, int rounds, TimeSpan each)
    {
        // Warms up: what is measured first must not pay for the JIT.
        await Task.WhenAll(Enumerable.Range(0, WarmingUp).Select(_ => Upload(target, TimeSpan.FromSeconds(5), new Times())));
        await Probe(target, WarmingUp, new Times());

        var (quiet, idle) = (new Times(), new Times());
        var (duringChecks, duringFailures, flooded) = (new Times(), new Times(), new Times());
        var (checks, failures) = (new Tally(), new Tally());
        for (var round = 0; round < rounds; round++)
        {
            var probes = addresses / rounds;
            await Upload(target, each, quiet);
            await Probe(target, probes, idle);
            await During(target, target.LivenessCheck, checks, () => Upload(target, each, duringChecks));
            await During(target, target.Failure, failures, async () =>
            {
                await Upload(target, each, duringFailures);
                await Probe(target, probes, flooded);
            });
        }

        Console.WriteLine($"{"From the fifth failure to the first 403",-44}{"p50 ms",10}{"p99 ms",10}{"max ms",10}{"ratio p50",11}{"ratio p99",11}{"addresses",11}");
        PrintBans("idle", idle, idle);
        PrintBans($"under {Flood.PerSecond:N0} failures/s", flooded, idle);
        Console.WriteLine();
        Console.WriteLine($"{"Uploads of 16 KiB by somebody else meanwhile",-44}{"mean ms",10}{"p50 ms",10}{"p99 ms",10}{"ratio mean",11}{"ratio p50",11}{"uploads",11}");
        PrintUploads("nobody else", quiet, quiet);
        PrintUploads($"under {Flood.PerSecond:N0} GET /health/live a second", duringChecks, quiet);
        PrintUploads($"under {Flood.PerSecond:N0} failures/s", duringFailures, quiet);
        Console.WriteLine();
        Console.WriteLine($"  reached: {checks.PerSecond:N0} GET/s; {failures.PerSecond:N0} failures/s from {Flood.Clients:N0} addresses, {failures.Banned:N0} of which were banned and replaced");
    }

    private static async Task During(Target target, Func<string, byte[]> request, Tally tally, Func<Task> measure)
    {
        var flood = Flood.Start(target.Server, request, FreshCrowd);
        await using (flood)
        {
            // Long enough for the first ones to have failed five times.
            await Task.Delay(TimeSpan.FromSeconds(3));
            await measure();
        }

        tally.Add(flood);
    }

    /// <summary>One upload after the other on one connection, as a client does that has many files.</summary>
    private static async Task Upload(Target target, TimeSpan howLong, Times times)
    {
        using var wire = new Wire(target.Server);
        var request = target.Upload(Customer, FileSize);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < howLong)
        {
            var sent = Stopwatch.GetTimestamp();
            var status = await wire.Ask(request);
            times.Add(Stopwatch.GetElapsedTime(sent));
            if (status != Created)
                throw new InvalidOperationException($"A legitimate upload was answered {status}.");
        }
    }

    private static async Task Probe(Target target, int addresses, Times times)
    {
        for (var i = 0; i < addresses; i++)
            times.Add(await UntilForbidden(target, FreshProbe()));
    }

    /// <summary>Infinite when no ban came.</summary>
    private static async Task<TimeSpan> UntilForbidden(Target target, string client)
    {
        using var wire = new Wire(target.Server);
        var failure = target.Failure(client);
        for (var i = 1; i < FailuresForABan; i++)
        {
            if (await wire.Ask(failure) is not Unauthorized and var status)
                throw new InvalidOperationException($"Failure {i} of {client} was answered {status}.");
        }

        // From before the last failure is sent: no time that the attacker could use is left out.
        var began = Stopwatch.GetTimestamp();
        while (await wire.Ask(failure) != Forbidden)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                return TimeSpan.MaxValue;
            await Task.Delay(PollEvery);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    private static Func<string> Counting(string first)
    {
        var bytes = IPAddress.Parse(first).GetAddressBytes();
        var next = (bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
        return () =>
        {
            var address = (uint)Interlocked.Increment(ref next);
            return string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
        };
    }

    private static void PrintBans(string when, Times times, Times idle) => Console.WriteLine(
        $"  {when,-42}{Shown(times.Median),10}{Shown(times.P99),10}{Shown(times.Max),10}{times.Median / idle.Median,11:N2}{times.P99 / idle.P99,11:N2}{times.Count,11:N0}");

    private static void PrintUploads(string when, Times times, Times quiet) => Console.WriteLine(
        $"  {when,-42}{times.Mean,10:N2}{times.Median,10:N2}{times.P99,10:N2}{times.Mean / quiet.Mean,11:N2}{times.Median / quiet.Median,11:N2}{times.Count,11:N0}");

    private static string Shown(double milliseconds) => milliseconds > Patience.TotalMilliseconds * 2 ? "never" : $"{milliseconds:N1}";

    /// <summary>What the floods of one kind reached.</summary>
    private sealed class Tally
    {
        private readonly List<double> _perSecond = [];

        public double PerSecond => _perSecond.Average();

        public int Banned { get; private set; }

        public void Add(Flood flood)
        {
            _perSecond.Add(flood.AnsweredPerSecond);
            Banned += flood.Banned;
        }
    }
}
