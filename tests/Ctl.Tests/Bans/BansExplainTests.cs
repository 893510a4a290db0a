using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Ctl.Tests.Bans;

/// <summary><c>bans explain</c>, on a ledger that the worker's own court has judged.</summary>
public sealed class BansExplainTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");
    private static readonly Cidr Client = Cidr.Parse("203.0.113.7");

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly Operator _operator;

    public BansExplainTests() =>
        _operator = new Operator("\"Bans\": { \"IgnoreIp\": \"198.51.100.0/24\", \"Jails\": { \"auth\": { \"MaxTime\": \"1h\" } } }", _time);

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task It_says_which_failures_in_which_jail_by_which_rule_and_until_when()
    {
        Fail(Client, 5);

        var answer = (await _operator.Runs("bans", "explain", "203.0.113.7")).Ends(0);

        Assert.Contains("203.0.113.7 is banned until 2026-03-01 12:10:04 UTC (10min 4s left).", answer.Output);
        Assert.Contains("203.0.113.7 in jail auth", answer.Output);
        Assert.Contains("5 failures; the rule is 5 failures (auth) within 10m", answer.Output);
        Assert.Contains("length   BanTime 10m\n", answer.Output);
        for (var second = 0; second < 5; second++)
            Assert.Contains($"2026-03-01 12:00:0{second}  auth      1  bad-key  /upload", answer.Output);
    }

    [Fact]
    public async Task The_same_as_JSON()
    {
        Fail(Client, 5);

        var explained = (await _operator.Runs("bans", "explain", "203.0.113.7", "-o", "json")).Json();

        Assert.Equal("203.0.113.7", explained.GetProperty("address").GetString());
        Assert.True(explained.GetProperty("isBanned").GetBoolean());
        Assert.Equal(Noon.AddSeconds(604), explained.GetProperty("until").GetDateTimeOffset());
        Assert.Equal("unknown", explained.GetProperty("webTier").GetString());
        var ban = explained.GetProperty("bans").EnumerateArray().Single();
        Assert.Equal("sweep", ban.GetProperty("ban").GetProperty("by").GetString());
        Assert.Equal(5, ban.GetProperty("evidence").GetArrayLength());
    }

    [Theory]
    [InlineData(1, "BanTime 10m × 2^1 × Factor 1 = 20m")]
    [InlineData(2, "BanTime 10m × 2^2 × Factor 1 = 40m")]
    [InlineData(3, "BanTime 10m × 2^3 × Factor 1 = 1h20m, at most MaxTime 1h")]
    public async Task The_arithmetic_of_a_lengthened_ban_is_shown_with_the_bans_that_lengthened_it(int earlier, string arithmetic)
    {
        for (var i = 0; i <= earlier; i++)
        {
            Fail(Client, 5);
            if (i < earlier)
                _time.Advance(TimeSpan.FromHours(2));
        }

        var answer = (await _operator.Runs("bans", "explain", "203.0.113.7")).Ends(0);

        Assert.Contains($"length   {arithmetic}\n", answer.Output);
        Assert.Equal(earlier, answer.Output.Split("lengthened by the ban in jail auth from").Length - 1);
    }

    [Fact]
    public async Task Where_the_configuration_was_changed_since_it_says_so_instead_of_wrong_arithmetic()
    {
        Fail(Client, 5, Jail.Defaults[0] with { BanTime = TimeSpan.FromMinutes(77) });

        Assert.Contains("length   1h 17min, which the jails as they are now do not give", (await _operator.Runs("bans", "explain", "203.0.113.7")).Ends(0).Output);
    }

    [Fact]
    public async Task Ranges_and_other_jails_that_ban_it_too_are_shown()
    {
        Fail(Client, 5);
        await _operator.Runs("bans", "add", "203.0.113.0/24", "--comment", "the whole\nneighbourhood");

        var answer = (await _operator.Runs("bans", "explain", "203.0.113.7")).Ends(0);

        Assert.Contains("203.0.113.7 is banned for ever.", answer.Output);
        Assert.Contains("203.0.113.0/24 in jail manual", answer.Output);
        Assert.Contains("an operator wrote it", answer.Output);
        Assert.Contains("comment  the whole\\nneighbourhood", answer.Output);
    }

    [Fact]
    public async Task Who_is_not_banned_stands_so_far_from_it_in_each_jail()
    {
        Fail(Client, 3);
        Append(Client, FailureKind.Abuse, 0, count: 7);

        var answer = (await _operator.Runs("bans", "explain", "203.0.113.7", "-o", "json")).Ends(1);

        var standing = JsonDocument.Parse(answer.Output).RootElement.GetProperty("standing").EnumerateArray()
            .Select(jail => $"{jail.GetProperty("jail").GetString()} {jail.GetProperty("failures").GetInt32()} of {jail.GetProperty("maxRetry").GetInt32()} within {jail.GetProperty("findTime").GetString()}, then {jail.GetProperty("nextBan").GetString()}");
        Assert.Equal(["auth 3 of 5 within 10m, then 10m", "abuse 7 of 10 within 10m, then 1h", "recidive 0 of 5 within 1d, then 1w"], standing);
    }

    [Fact]
    public async Task After_a_lift_it_stands_at_zero_in_every_jail()
    {
        Append(Client, FailureKind.Abuse, 0, count: 7);
        Fail(Client, 5);
        _time.Advance(TimeSpan.FromSeconds(10));
        await _operator.Runs("bans", "lift", "203.0.113.7");

        var answer = (await _operator.Runs("bans", "explain", "203.0.113.7", "-o", "json")).Ends(1);

        Assert.All(JsonDocument.Parse(answer.Output).RootElement.GetProperty("standing").EnumerateArray(), jail => Assert.Equal(0, jail.GetProperty("failures").GetInt32()));
    }

    [Fact]
    public async Task Who_is_exempt_is_let_in_whatever_the_ledger_says()
    {
        _operator.Ledger.Run(ledger => ledger.Bans.Insert(new Ban(Cidr.Parse("198.51.100.7"), Jail.Manual, 0, Ban.Forever)));

        var answer = (await _operator.Runs("bans", "explain", "198.51.100.7")).Ends(1);

        Assert.Contains("198.51.100.7 is let in whatever the ledger says: Bans:IgnoreIp lists 198.51.100.0/24.", answer.Output);
    }

    [Fact]
    public async Task An_IPv6_client_is_explained_with_its_prefix()
    {
        Fail(Cidr.Parse("2001:db8::/64"), 5);

        Assert.Contains("2001:db8::/64 is banned until", (await _operator.Runs("bans", "explain", "2001:db8::5")).Ends(0).Output);
    }

    [Fact]
    public async Task What_the_web_process_knows_is_told_as_long_as_it_lives()
    {
        Fail(Client, 5);
        Assert.Equal("unknown", await WebTier());

        var revision = _operator.Ledger.Run(ledger => (ledger.Generation, ledger.Revision));
        using (var web = new BanListMark(_operator.State))
        {
            web.Tell(new(revision.Generation, revision.Revision - 1));
            Assert.Equal("not-yet", await WebTier());
            web.Tell(new("another ledger", revision.Revision));
            Assert.Equal("not-yet", await WebTier());
            web.Tell(new(revision.Generation, revision.Revision));
            Assert.Equal("current", await WebTier());

            // What else is written says nothing of this client.
            await _operator.Runs("bans", "add", "203.0.113.99");
            Assert.Equal("current", await WebTier());
            await _operator.Runs("bans", "add", "203.0.113.7");
            Assert.Equal("not-yet", await WebTier());
        }

        Assert.Equal("unknown", await WebTier());
    }

    private async Task<string?> WebTier() => (await _operator.Runs("bans", "explain", "203.0.113.7", "-o", "json")).Json().GetProperty("webTier").GetString();

    private void Fail(Cidr client, int times, Jail? jail = null)
    {
        for (var i = 0; i < times; i++)
            Append(client, FailureKind.Auth, i);
        _operator.Ledger.Run(ledger =>
        {
            var court = new BanCourt(jail is null ? [Jail.Defaults[0] with { MaxTime = TimeSpan.FromHours(1) }] : [jail], AddressSet.Loopback, () => 0);
            court.Judge(ledger, ledger.Failures.After(ledger.Failures.Judged, 1000).ToList());
            ledger.Failures.JudgedThrough(ledger.Failures.Newest);
        });
    }

    private void Append(Cidr client, FailureKind kind, int second, int count = 1) => _operator.Ledger.Run(ledger =>
        ledger.Failures.Append([new(0, client, kind, _time.GetUtcNow().ToUnixTimeSeconds() + second, count, "bad-key", "/upload")]));
}
