using LiteDB;
using Support.Ledger;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Shared.Tests.Ledger;

public sealed class BanBookTests : IDisposable
{
    private const long Now = 1_700_000_000_000;
    private readonly TempLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void A_ban_comes_back_as_it_was_written()
    {
        var written = _ledger.File.Run(ledger => ledger.Bans.Insert(Some.Ban() with { EarlierBans = 3, Comment = "again" }));

        var read = Assert.Single(_ledger.File.Run(ledger => ledger.Bans.Of(Some.Client)));

        Assert.Equal(Assert.Single(written.Evidence), Assert.Single(read.Evidence));
        Assert.Equal(written with { Evidence = [] }, read with { Evidence = [] });
    }

    [Fact]
    public void A_reader_gets_what_changed_since_it_last_looked()
    {
        var first = _ledger.File.Run(ledger =>
        {
            ledger.Bans.Insert(Some.Ban("203.0.113.1"));
            return ledger.Revision;
        });
        _ledger.File.Run(ledger =>
        {
            ledger.Bans.Insert(Some.Ban("203.0.113.2"));
            ledger.Bans.Insert(Some.Ban("203.0.113.3"));
        });
        _ledger.File.Run(ledger => ledger.Bans.Lift(Cidr.Parse("203.0.113.1"), 1500));

        var changed = _ledger.File.Run(ledger => ledger.Bans.ChangedSince(first).Select(change => $"{change.Client} {change.LiftedMs}").ToList());

        Assert.Equal(["203.0.113.2 ", "203.0.113.3 ", "203.0.113.1 1500"], changed);
    }

    [Fact]
    public void Bans_in_force_are_read_whole_whatever_ends_together()
    {
        _ledger.File.Run(ledger =>
        {
            for (var i = 0; i < 20; i++)
                ledger.Bans.Insert(Some.Ban($"203.0.113.{i}", untilMs: i < 5 ? 1000 + i : i < 15 ? 2000 : Ban.Forever));
        });

        var counts = _ledger.File.Run(ledger => new[] { 1000L, 1004, 2000, Ban.Forever }.Select(ms => ledger.Bans.EndingAfter(ms, 3).Count).ToList());

        // Four ends of their own; then ten that end together; then five for ever.
        Assert.Equal([3, 10, 5, 0], counts);
        Assert.Equal(19, _ledger.File.BansInForce(1000).Count());
    }

    [Fact]
    public void Lifting_ends_what_is_in_force_and_nothing_else()
    {
        _ledger.File.Run(ledger =>
        {
            ledger.Bans.Insert(Some.Ban(untilMs: 1000));
            ledger.Bans.Insert(Some.Ban(untilMs: 5000));
            ledger.Bans.Insert(Some.Ban("203.0.113.8", untilMs: 5000));
        });

        Assert.Equal(1, _ledger.File.Run(ledger => ledger.Bans.Lift(Some.Client, 3000)));

        Assert.Equal([null, 3000L], _ledger.File.Run(ledger => ledger.Bans.Of(Some.Client)).Select(ban => ban.LiftedMs));
        Assert.Equal(Cidr.Parse("203.0.113.8"), Assert.Single(_ledger.File.BansInForce(3000)).Client);
    }

    public static TheoryData<string, string, long> ManualRows => new()
    {
        { """{ "addr": "198.51.100.9", "until": {"$numberLong":"1700000600000"} }""", "198.51.100.9", 1_700_000_600_000 },
        { """{ "addr": "198.51.100.9", "until": 1700000600000.0 }""", "198.51.100.9", 1_700_000_600_000 },
        { """{ "addr": "198.51.100.9", "until": {"$date":"2023-11-14T22:23:20Z"} }""", "198.51.100.9", 1_700_000_600_000 },
        { """{ "addr": "198.51.100.9", "until": "2023-11-14T22:23:20Z" }""", "198.51.100.9", 1_700_000_600_000 },
        { """{ "addr": " 203.0.113.0/24 ", "duration": 600 }""", "203.0.113.0/24", 1_700_000_600_000 },
        { """{ "_id": "mine", "addr": "2001:db8::/48", "duration": "10m" }""", "2001:db8::/48", 1_700_000_600_000 },
        { """{ "addr": "198.51.100.9", "duration": "1.5h", "jail": "auth" }""", "198.51.100.9", 1_700_005_400_000 },
        { """{ "addr": "198.51.100.9", "duration": "1w" }""", "198.51.100.9", 1_700_604_800_000 },
        { """{ "addr": "198.51.100.9", "duration": -1 }""", "198.51.100.9", Ban.Forever },
        { """{ "addr": "198.51.100.9", "duration": "-1" }""", "198.51.100.9", Ban.Forever },
    };

    [Theory]
    [MemberData(nameof(ManualRows))]
    public void A_row_written_by_hand_becomes_a_ban(string row, string client, long untilMs)
    {
        _ledger.File.Run(_ => { });
        WriteByHand(row);

        var adoption = _ledger.File.Run(ledger => ledger.Bans.Adopt(Now, 100));
        var again = _ledger.File.Run(ledger => ledger.Bans.Adopt(Now, 100));

        Assert.Equal((1, 0), (adoption.Count, again.Count));
        var ban = Assert.Single(_ledger.File.BansInForce(Now));
        Assert.Equal((client, untilMs, 1L, false, Now), (ban.Client.ToString(), ban.UntilMs, ban.Id, ban.IsBySweep, ban.FromMs));
    }

    [Theory]
    [InlineData("2001:db8::5", "2001:db8::/64")]
    [InlineData("2001:db8::/48", "2001:db8::/48")]
    [InlineData("198.51.100.9", "198.51.100.9")]
    public void A_ban_written_by_hand_is_kept_as_its_client_is_counted(string written, string client)
    {
        _ledger.File.Run(_ => { });
        WriteByHand($$"""{ "addr": "{{written}}", "duration": 600 }""");

        _ledger.File.Run(ledger => ledger.Bans.Adopt(Now, 100, ipv6PrefixLength: 64));

        Assert.Single(_ledger.File.Run(ledger => ledger.Bans.Of(Cidr.Parse(client))));
    }

    [Theory]
    [InlineData("""{ "addr": "example.org", "duration": 600 }""")]
    [InlineData("""{ "addr": 5, "duration": 600 }""")]
    [InlineData("""{ "duration": 600 }""")]
    [InlineData("""{ "addr": "198.51.100.9" }""")]
    [InlineData("""{ "addr": "198.51.100.9", "until": "tomorrow" }""")]
    [InlineData("""{ "addr": "198.51.100.9", "until": {}, "duration": [] }""")]
    public void A_row_that_says_neither_whom_nor_how_long_is_left_out_once_and_says_why(string row)
    {
        _ledger.File.Run(_ => { });
        WriteByHand(row);

        var adoption = _ledger.File.Run(ledger => ledger.Bans.Adopt(Now, 100));
        var again = _ledger.File.Run(ledger => ledger.Bans.Adopt(Now, 100));

        Assert.Equal((0, 1, 0), (adoption.Count, adoption.Rejected.Count, again.Rejected.Count));
        Assert.Empty(_ledger.File.BansInForce(0));
        Assert.Empty(_ledger.File.Run(ledger => ledger.Bans.ChangedSince(0).ToList()));
    }

    [Fact]
    public void Bans_that_ended_long_ago_are_trimmed_in_portions()
    {
        _ledger.File.Run(ledger =>
        {
            for (var i = 0; i < 10; i++)
                ledger.Bans.Insert(Some.Ban($"203.0.113.{i}", untilMs: 1000 + i));
            ledger.Bans.Insert(Some.Ban("203.0.113.99", untilMs: Ban.Forever));
        });

        Assert.Equal([4, 1, 0], Enumerable.Range(0, 3).Select(_ => _ledger.File.Run(ledger => ledger.Bans.Trim(1005, 4))));
        Assert.Equal(6, _ledger.File.BansInForce(0).Count());
    }

    private void WriteByHand(string row)
    {
        using var database = new LiteDatabase(_ledger.DataPath);
        database.GetCollection("bans").Insert(JsonSerializer.Deserialize(row).AsDocument);
    }
}
