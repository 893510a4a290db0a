using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Ctl.Tests.Bans;

/// <summary><c>bans add</c>, <c>bans lift</c> and what <c>bans list</c> shows of them.</summary>
public sealed class BansByHandTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly Operator _operator;

    public BansByHandTests() =>
        _operator = new Operator("""
            "Bans": { "IgnoreIp": "127.0.0.0/8, ::1, 198.51.100.0/24" }, "Proxies": { "Trusted": "10.0.0.1" }
            """, _time);

    public void Dispose() => _operator.Dispose();

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("203.0.113.7/24", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::5", "2001:db8::/64")]
    [InlineData("2001:db8::/48", "2001:db8::/48")]
    public async Task Addresses_and_ranges_are_banned_as_the_service_counts_them(string asked, string banned)
    {
        var answer = (await _operator.Runs("bans", "add", asked)).Ends(0);

        Assert.Contains($"{banned} is banned for ever.", answer.Output);
        Assert.Equal((banned, Jail.Manual, Ban.Forever, false), Bans().Select(ban => (ban.Client.ToString(), ban.Jail, ban.UntilMs, ban.IsBySweep)).Single());
    }

    [Fact]
    public async Task Of_an_IPv6_address_it_is_said_that_its_prefix_counts() =>
        Assert.Contains("2001:db8::5 counts as 2001:db8::/64", (await _operator.Runs("bans", "add", "2001:db8::5")).Ends(0).Output);

    [Theory]
    [InlineData("--for", "10m", "2026-03-01T12:10:00+00:00")]
    [InlineData("--for", "1h30m", "2026-03-01T13:30:00+00:00")]
    [InlineData("--for", "-1", null)]
    [InlineData("--for", "forever", null)]
    [InlineData("--until", "2026-03-02", "2026-03-02T00:00:00+00:00")]
    [InlineData("--until", "2026-03-02T06:00", "2026-03-02T06:00:00+00:00")]
    [InlineData("--until", "2026-03-02T06:00+02:00", "2026-03-02T04:00:00+00:00")]
    public async Task A_ban_lasts_as_long_as_was_said(string option, string value, string? until)
    {
        var ban = (await _operator.Runs("bans", "add", "203.0.113.7", option, value, "-o", "json")).Json();

        Assert.Equal(until, ban.GetProperty("until").GetString());
        Assert.Equal(until is null ? Ban.Forever : DateTimeOffset.Parse(until).ToUnixTimeMilliseconds(), Bans().Single().UntilMs);
    }

    [Theory]
    [InlineData("203.0.113.0/33")]
    [InlineData("203.0.113")]
    [InlineData("example.org")]
    [InlineData("203.0.113.7", "--for", "10")]
    [InlineData("203.0.113.7", "--for", "0s")]
    [InlineData("203.0.113.7", "--until", "tomorrow")]
    [InlineData("203.0.113.7", "--until", "2026-03-01T11:59")]
    [InlineData("203.0.113.7", "--until", "2027-01-01", "--for", "1d")]
    [InlineData("203.0.113.7", "--jail", "auht")]
    public async Task What_cannot_be_meant_bans_nobody(params string[] words)
    {
        (await _operator.Runs(["bans", "add", .. words])).Ends(64);
        Assert.Empty(Bans());
    }

    [Theory]
    [InlineData("198.51.100.7", "Bans:IgnoreIp lists 198.51.100.0/24", false)]
    [InlineData("198.51.100.0/25", "Bans:IgnoreIp lists 198.51.100.0/24", false)]
    [InlineData("198.51.0.0/16", "holds 198.51.100.0/24, which Bans:IgnoreIp lists", true)]
    [InlineData("10.0.0.1", "Proxies:Trusted lists 10.0.0.1", false)]
    [InlineData("10.0.0.0/24", "holds 10.0.0.1, which Proxies:Trusted lists", true)]
    [InlineData("::/64", "holds ::1, which Bans:IgnoreIp lists", true)]
    [InlineData("64.0.0.0/7", "wider than /8", true)]
    [InlineData("2001::/16", "wider than /19", true)]
    [InlineData("0.0.0.0/0", "holds 127.0.0.0/8", true)]
    public async Task What_must_not_be_banned_is_refused_with_the_entry_that_forbids_it(string range, string why, bool isPossibleByForce)
    {
        Assert.Contains(why, (await _operator.Runs("bans", "add", range)).Ends(1).Error);
        Assert.Empty(Bans());

        (await _operator.Runs("bans", "add", range, "--force")).Ends(isPossibleByForce ? 0 : 1);
        Assert.Equal(isPossibleByForce ? 1 : 0, Bans().Count);
    }

    [Fact]
    public async Task Banned_again_it_has_the_new_end_and_stays_one_ban()
    {
        await _operator.Runs("bans", "add", "203.0.113.7", "--for", "1d", "--comment", "scanner");
        var answer = (await _operator.Runs("bans", "add", "203.0.113.7", "--for", "1h")).Ends(0);

        Assert.Contains("was banned, and is so now until 2026-03-01 13:00:00 UTC, for 1h.", answer.Output);
        Assert.Equal(("scanner", Noon.AddHours(1).ToUnixTimeMilliseconds()), Bans().Select(ban => (ban.Comment, ban.UntilMs)).Single());
    }

    [Fact]
    public async Task Lifted_a_client_is_let_in_from_every_jail_and_its_lifts_are_remembered()
    {
        Banned("203.0.113.7", "auth", TimeSpan.FromMinutes(10));
        Banned("203.0.113.7", "recidive", TimeSpan.FromDays(7));
        Banned("203.0.113.8", "auth", TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromMinutes(1));

        var answer = (await _operator.Runs("bans", "lift", "203.0.113.7")).Ends(0);

        Assert.Equal(["auth", "recidive"], answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("jail ")[1].Split(',')[0]));
        Assert.Equal(["203.0.113.8"], InForce());
        Assert.Equal(2, (await _operator.Runs("bans", "list", "--all", "--address", "203.0.113.7", "-o", "json")).Json().EnumerateArray().Count(ban => ban.GetProperty("lifted").GetDateTimeOffset() == _time.GetUtcNow()));
    }

    [Fact]
    public async Task Where_no_ban_is_nothing_is_lifted_and_it_is_said()
    {
        Banned("203.0.113.7", "auth", TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.Contains("203.0.113.7 is not banned", (await _operator.Runs("bans", "lift", "203.0.113.7")).Ends(1).Error);
        Assert.Contains("nobody is banned", (await _operator.Runs("bans", "lift", "--all", "--yes")).Ends(1).Error);
        (await _operator.Runs("bans", "lift")).Ends(64);
        (await _operator.Runs("bans", "lift", "203.0.113.7", "--all")).Ends(64);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_range_that_still_covers_the_address_is_named(bool hasBanOfItsOwn)
    {
        Banned("203.0.113.0/24", Jail.Manual, null);
        if (hasBanOfItsOwn)
            Banned("203.0.113.7", "auth", TimeSpan.FromMinutes(10));

        var answer = (await _operator.Runs("bans", "lift", "203.0.113.7")).Ends(1);

        Assert.Contains("203.0.113.0/24 by jail manual, for ever, still keeps it out", answer.Output);
        Assert.Equal(hasBanOfItsOwn, answer.Output.Contains("The ban of 203.0.113.7 by jail auth", StringComparison.Ordinal));
        Assert.Equal(["203.0.113.0/24"], InForce());
    }

    [Fact]
    public async Task A_range_is_lifted_alone_or_with_all_that_lie_in_it()
    {
        Banned("203.0.113.0/24", Jail.Manual, null);
        Banned("203.0.113.7", "auth", TimeSpan.FromMinutes(10));
        Banned("203.0.114.7", "auth", TimeSpan.FromMinutes(10));

        (await _operator.Runs("bans", "lift", "203.0.113.0/24")).Ends(0);
        Assert.Equal(["203.0.113.7", "203.0.114.7"], InForce());
        (await _operator.Runs("bans", "lift", "203.0.113.0/24", "--within")).Ends(0);
        Assert.Equal(["203.0.114.7"], InForce());
    }

    [Fact]
    public async Task An_IPv6_address_is_lifted_with_the_prefix_it_counts_in()
    {
        Banned("2001:db8::/64", "auth", TimeSpan.FromMinutes(10));

        (await _operator.Runs("bans", "lift", "2001:db8::5")).Ends(0);

        Assert.Empty(InForce());
    }

    [Fact]
    public async Task Before_all_are_lifted_the_operator_is_asked()
    {
        Banned("203.0.113.7", "auth", TimeSpan.FromMinutes(10));
        Banned("203.0.113.8", "auth", TimeSpan.FromMinutes(10));

        Assert.Contains("--yes", (await _operator.Runs("bans", "lift", "--all")).Ends(64).Error);
        Assert.Equal(2, InForce().Length);
        Assert.Contains("2 bans are lifted", (await _operator.Runs("bans", "lift", "--all", "--yes")).Ends(0).Output);
        Assert.Empty(InForce());
    }

    [Theory]
    [InlineData("end", "203.0.113.9 203.0.113.10 2001:db8::/64")]
    [InlineData("start", "203.0.113.10 2001:db8::/64 203.0.113.9")]
    [InlineData("address", "203.0.113.9 203.0.113.10 2001:db8::/64")]
    public async Task Bans_are_listed_in_the_order_that_is_asked_for(string order, string addresses)
    {
        Banned("203.0.113.9", "auth", TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromSeconds(1));
        Banned("2001:db8::/64", Jail.Manual, null);
        _time.Advance(TimeSpan.FromSeconds(1));
        Banned("203.0.113.10", "abuse", TimeSpan.FromHours(1));

        var list = (await _operator.Runs("bans", "list", "--sort", order, "-o", "json")).Json();

        Assert.Equal(addresses, string.Join(' ', list.EnumerateArray().Select(ban => ban.GetProperty("address").GetString())));
    }

    [Theory]
    [InlineData(new[] { "--jail", "auth" }, "203.0.113.7")]
    [InlineData(new[] { "--address", "203.0.113.0/24" }, "203.0.113.7 203.0.113.8")]
    [InlineData(new[] { "--address", "198.18.0.9" }, "198.18.0.0/15")]
    [InlineData(new[] { "--address", "192.0.2.1" }, "")]
    [InlineData(new[] { "--all" }, "192.0.2.1 203.0.113.7 203.0.113.8 198.18.0.0/15")]
    public async Task Bans_are_listed_by_jail_and_by_address_and_with_those_that_ended(string[] options, string addresses)
    {
        Banned("192.0.2.1", "auth", TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromMinutes(2));
        Banned("203.0.113.7", "auth", TimeSpan.FromMinutes(10));
        Banned("203.0.113.8", "abuse", TimeSpan.FromHours(1));
        Banned("198.18.0.0/15", Jail.Manual, null);

        var list = (await _operator.Runs(["bans", "list", .. options, "-o", "json"])).Json();

        Assert.Equal(addresses, string.Join(' ', list.EnumerateArray().Select(ban => ban.GetProperty("address").GetString())));
    }

    [Fact]
    public async Task The_list_fits_a_terminal_and_cannot_be_forged_by_a_comment()
    {
        using var narrow = new Operator(time: _time) { Width = 80 };
        await narrow.Runs("bans", "add", "2001:db8:1234:5678::/64", "--for", "2w", "--comment", "one\n203.0.113.9 " + new string('x', 100));

        var lines = (await narrow.Runs("bans", "list")).Ends(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.StartsWith("2001:db8:1234:5678::/64  manual    2w  ", lines[1]);
    }

    private void Banned(string client, string jail, TimeSpan? length)
    {
        var fromMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _operator.Ledger.Run(ledger => ledger.Bans.Insert(new Ban(Cidr.Parse(client), jail, fromMs, Ban.End(fromMs, length)) { IsBySweep = jail != Jail.Manual }));
    }

    private List<Ban> Bans() => _operator.Ledger.Run(ledger => ledger.Bans.After(0, 1000));

    private string[] InForce() => [.. Bans().Where(ban => ban.IsInForce(_time.GetUtcNow().ToUnixTimeMilliseconds())).Select(ban => ban.Client.ToString())];
}
