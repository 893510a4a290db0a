using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Ctl.Tests.Bans;

/// <summary><c>bans import</c> and <c>bans export</c>.</summary>
public sealed class BansImportTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");

    private const int Many = 10_000;

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly List<Operator> _operators = [];

    public void Dispose() => _operators.ForEach(one => one.Dispose());

    [Theory]
    [InlineData("jsonl")]
    [InlineData("list")]
    public async Task Exported_and_imported_on_another_host_the_same_are_banned_until_the_same_moment(string format)
    {
        var one = Host();
        Ban[] bans =
        [
            Banned("203.0.113.7", "auth", Noon.AddMinutes(10).AddMilliseconds(123)) with { Failures = 5, EarlierBans = 2 },
            Banned("203.0.113.7", "manual", Noon.AddMinutes(20)) with { IsBySweep = false, Comment = "a # b; \"c\"" },
            Banned("2001:db8::/64", "abuse", null),
            Banned("198.18.0.0/15", "manual", Noon.AddDays(30)) with { IsBySweep = false },
            Banned("192.0.2.1", "auth", Noon.AddMilliseconds(-1)),
            Banned("192.0.2.2", "auth", Noon.AddDays(1)) with { LiftedMs = Noon.ToUnixTimeMilliseconds() },
        ];
        one.Ledger.Run(ledger =>
        {
            foreach (var ban in bans)
                ledger.Bans.Insert(ban);
        });
        var exported = (await one.Runs("bans", "export", "--format", format)).Ends(0).Output;

        var other = Host(exported);
        (await other.Runs("bans", "import", "-")).Ends(0);

        Assert.Equal(Ends(one), Ends(other));
        if (format == "jsonl")
            Assert.Equal(InForce(one), InForce(other));
    }

    [Fact]
    public async Task What_list_prints_as_JSON_can_be_imported_too()
    {
        var one = Host();
        await one.Runs("bans", "add", "203.0.113.7", "--for", "1h");

        var other = Host((await one.Runs("bans", "list", "-o", "json")).Output);
        (await other.Runs("bans", "import", "-")).Ends(0);

        Assert.Equal(InForce(one), InForce(other));
    }

    [Fact]
    public async Task A_plain_list_has_addresses_ranges_ends_and_comments()
    {
        var host = Host("""
            # a list
            ; of another program

            203.0.113.7
            203.0.113.8 1h
            203.0.113.9 forever # a scanner
            203.0.113.10 2026-03-02T12:00:00Z
            1.10.16.0/20 ; SBL256894
            2001:db8::5
            """);

        (await host.Runs("bans", "import", "-", "--for", "1d")).Ends(0);

        Assert.Equal(
            [
                "1.10.16.0/20 24:00:00 SBL256894", "2001:db8::/64 24:00:00 ", "203.0.113.10 24:00:00 ", "203.0.113.7 24:00:00 ", "203.0.113.8 1:00:00 ", "203.0.113.9 for ever a scanner",
            ],
            Bans(host).Select(ban => $"{ban.Client} {(ban.UntilMs == Ban.Forever ? "for ever" : Hours(ban))} {ban.Comment}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Imported_twice_they_are_there_once()
    {
        var host = Host("203.0.113.7 1h\n203.0.113.7 1h\n203.0.113.8\n");

        var first = (await host.Runs("bans", "import", "-", "-o", "json")).Json();
        var second = (await host.Runs("bans", "import", "-", "-o", "json")).Json();

        Assert.Equal((2, 1), (first.GetProperty("imported").GetInt32(), first.GetProperty("wereThere").GetInt32()));
        Assert.Equal((0, 3), (second.GetProperty("imported").GetInt32(), second.GetProperty("wereThere").GetInt32()));
        Assert.Equal(2, Bans(host).Count);
    }

    [Fact]
    public async Task A_later_end_lengthens_the_ban_that_is_there_and_an_earlier_one_does_not_shorten_it()
    {
        var host = Host("203.0.113.7 2h\n203.0.113.8 1h\n");
        await host.Runs("bans", "add", "203.0.113.7", "--for", "1h");
        await host.Runs("bans", "add", "203.0.113.8", "--for", "2h");

        (await host.Runs("bans", "import", "-")).Ends(0);

        Assert.All(Bans(host), ban => Assert.Equal("2:00:00", Hours(ban)));
    }

    [Fact]
    public async Task Every_bad_line_is_told_by_its_number_and_nothing_is_imported()
    {
        const string List = """
            203.0.113.7
            203.0.113.256
            127.0.0.1
            203.0.113.8 soon
            203.0.113.9 10
            0.0.0.0/1
            {"address": "203.0.113.10"}
            {"address": "203.0.113.11", "jail": "auth\nforged", "until": "2027-01-01T00:00:00Z"}
            {"address"
            one two three
            203.0.113.12
            """;
        var host = Host(List);

        var answer = (await host.Runs("bans", "import", "-")).Ends(1);

        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 10], Numbers(answer.Error));
        Assert.Contains("line 3: 127.0.0.1 is never banned: Bans:IgnoreIp lists 127.0.0.0/8", answer.Error);
        Assert.Empty(Bans(host));

        var skipped = (await host.Runs("bans", "import", "-", "--skip-bad", "-o", "json")).Json();
        Assert.Equal((2, 9), (skipped.GetProperty("imported").GetInt32(), skipped.GetProperty("badLines").GetArrayLength()));
        Assert.Equal(["203.0.113.7", "203.0.113.12"], Bans(host).Select(ban => ban.Client.ToString()));
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_with_66() => (await Host().Runs("bans", "import", "/nowhere/bans")).Ends(66);

    /// <summary>The output tells how long it took. 100,000 take 12 to 25 s on two busy cores, and who writes failures meanwhile waited about a second at most.</summary>
    [Fact]
    public async Task Many_are_imported_while_others_write()
    {
        var host = Host(string.Concat(Enumerable.Range(0, Many).Select(i => $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255} 1d\n")));
        var began = TimeProvider.System.GetTimestamp();
        var import = Task.Run(() => host.Runs("bans", "import", "-"), TestContext.Current.CancellationToken);

        var longest = TimeSpan.Zero;
        var waits = 0;
        for (; !import.IsCompleted; waits++)
        {
            var asked = TimeProvider.System.GetTimestamp();
            host.Ledger.Run(ledger => ledger.Failures.Append([new(0, Cidr.Parse("203.0.113.7"), FailureKind.Auth, 0, 1, "bad-key", "/")]));
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, TimeProvider.System.GetElapsedTime(asked).Ticks));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        (await import).Ends(0);
        var took = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Many} bans in {took.TotalSeconds:0.0} s; of {waits} who wrote meanwhile the longest waited {longest.TotalMilliseconds:0} ms");
        Assert.Equal(Many, host.Ledger.BansInForce(Noon.ToUnixTimeMilliseconds()).Count());
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private Operator Host(string input = "")
    {
        var host = new Operator(time: _time) { Input = input };
        _operators.Add(host);
        return host;
    }

    private static Ban Banned(string client, string jail, DateTimeOffset? until) =>
        new(Cidr.Parse(client), jail, Noon.AddHours(-1).ToUnixTimeMilliseconds(), until?.ToUnixTimeMilliseconds() ?? Ban.Forever) { IsBySweep = true };

    private static List<Ban> Bans(Operator host) => host.Ledger.Run(ledger => ledger.Bans.After(0, 1000));

    private static string Hours(Ban ban) => $"{(ban.UntilMs - Noon.ToUnixTimeMilliseconds()) / 3_600_000}:00:00";

    private static IEnumerable<string> InForce(Operator host) => Bans(host)
        .Where(ban => ban.IsInForce(Noon.ToUnixTimeMilliseconds()))
        .Select(ban => (ban with { Id = 0, Evidence = [] }).ToString()).Order();

    private static IEnumerable<string> Ends(Operator host) => Bans(host)
        .Where(ban => ban.IsInForce(Noon.ToUnixTimeMilliseconds()))
        .GroupBy(ban => ban.Client)
        .Select(bans => $"{bans.Key} {bans.Max(ban => ban.UntilMs)}").Order();

    private static IEnumerable<int> Numbers(string error) => error.Split('\n')
        .Where(line => line.StartsWith("uploaderctl: line ", StringComparison.Ordinal))
        .Select(line => int.Parse(line["uploaderctl: line ".Length..line.IndexOf(':', 15)], null));
}
