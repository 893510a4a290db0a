using CsCheck;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Web.Banning;

namespace Web.Tests.Banning;

public sealed class BanListTests
{
    private readonly BanList _bans = new();

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.0/24", "203.0.113.8", true)]
    [InlineData("203.0.113.0/24", "203.0.114.8", false)]
    [InlineData("0.0.0.0/0", "203.0.113.8", true)]
    [InlineData("0.0.0.0/0", "2001:db8::/64", false)]
    [InlineData("::/0", "2001:db8::/64", true)]
    [InlineData("::/0", "203.0.113.8", false)]
    [InlineData("2001:db8::/64", "2001:db8::/64", true)]
    [InlineData("2001:db8::/64", "2001:db8:0:1::/64", false)]
    [InlineData("2001:db8::/32", "2001:db8:0:1::/64", true)]
    [InlineData("2001:db8::5", "2001:db8::/64", true)]
    public void A_ban_covers_every_client_in_its_range(string range, string client, bool isCovered)
    {
        _bans.Extend(Cidr.Parse(range), 1000);

        Assert.Equal(isCovered ? 1000 : 0, _bans.EndOf(Cidr.Parse(client)));
    }

    [Fact]
    public void Of_several_the_latest_end_counts()
    {
        var client = Cidr.Parse("203.0.113.7");
        _bans.Extend(Cidr.Parse("203.0.113.0/24"), 2000);
        _bans.Extend(client, 1000);
        _bans.Extend(Cidr.Parse("203.0.0.0/16"), 1500);
        Assert.Equal(2000, _bans.EndOf(client));

        _bans.Extend(client, 3000);
        _bans.Extend(client, 2500);

        Assert.Equal(3000, _bans.EndOf(client));
    }

    [Fact]
    public void An_end_can_be_set_earlier_and_a_ban_taken_away()
    {
        var client = Cidr.Parse("203.0.113.7");
        _bans.Extend(client, 3000);

        _bans.Replace(client, 1000);
        Assert.Equal(1000, _bans.EndOf(client));

        _bans.Remove(client);
        Assert.Equal(0, _bans.EndOf(client));
    }

    [Fact]
    public void Ended_bans_are_pruned_and_the_others_stay()
    {
        _bans.Extend(Cidr.Parse("203.0.113.7"), 1000);
        _bans.Extend(Cidr.Parse("203.0.114.0/24"), 1000);
        _bans.Extend(Cidr.Parse("203.0.115.0/25"), 1001);
        _bans.Extend(Cidr.Parse("203.0.113.8"), Ban.Forever);

        _bans.Prune(1000);

        Assert.Equal(2, _bans.Count);
        Assert.Equal(1001, _bans.EndOf(Cidr.Parse("203.0.115.1")));
        Assert.Equal(Ban.Forever, _bans.EndOf(Cidr.Parse("203.0.113.8")));
    }

    [Fact]
    public void It_answers_as_a_list_would_that_is_walked() =>
        Gen.Select(GenRange.Array[0, 20], Gen.Long[1, 100].Array[20], GenClient).Sample((ranges, ends, client) =>
        {
            var bans = new BanList();
            foreach (var (range, end) in ranges.Zip(ends))
                bans.Extend(range, end);
            return bans.EndOf(client) == ranges.Zip(ends).Where(ban => ban.First.Contains(client)).Select(ban => ban.Second).DefaultIfEmpty().Max();
        });

    // Few bits, so that ranges and clients meet.
    private static readonly Gen<Cidr> GenClient = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7], Gen.Bool).Select((a, b, v6) =>
        v6 ? Cidr.Parse($"2001:db8:{a}:{b}::/64") : Cidr.Parse($"10.0.{a}.{b}"));

    private static readonly Gen<Cidr> GenRange = Gen.Select(GenClient, Gen.Int[0, 64]).Select((client, length) => client.Enclosing(Math.Min(length, client.PrefixLength)));
}
