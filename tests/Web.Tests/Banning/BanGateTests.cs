using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Web.Banning;

namespace Web.Tests.Banning;

public sealed class BanGateTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");
    private static readonly Cidr Client = Cidr.Parse("203.0.113.7");

    private readonly BanList _bans = new();

    [Theory]
    [InlineData(-1, true, 1)]
    [InlineData(0, false, null)]
    [InlineData(1, false, null)]
    [InlineData(-600_000, true, 600_000)]
    public void A_ban_ends_by_the_clock_without_anybodys_help(long msAfterEnd, bool isBanned, int? remaining)
    {
        _bans.Extend(Client, Noon.ToUnixTimeMilliseconds());

        Assert.Equal(isBanned, Gate().IsBanned(Client, Noon.AddMilliseconds(msAfterEnd), out var left));
        Assert.Equal(remaining, left?.TotalMilliseconds);
    }

    [Fact]
    public void A_ban_for_ever_has_no_time_left()
    {
        _bans.Extend(Client, Ban.Forever);

        Assert.True(Gate().IsBanned(Client, Noon, out var left));
        Assert.Null(left);
    }

    [Fact]
    public void An_end_that_no_time_span_holds_is_no_fault()
    {
        _bans.Extend(Client, Ban.Forever - 1);

        Assert.True(Gate().IsBanned(Client, Noon, out var left));
        Assert.True(left > TimeSpan.FromDays(365_000));
    }

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("203.0.113.0/24")]
    [InlineData("10.0.0.0/8, 203.0.113.7")]
    public void Ignored_addresses_are_never_kept_out(string ignored)
    {
        _bans.Extend(Client, Ban.Forever);

        Assert.False(Gate(ignored).IsBanned(Client, Noon, out _));
    }

    [Fact]
    public void A_network_that_holds_an_ignored_address_is_not_kept_out_either()
    {
        var client = Cidr.Parse("2001:db8::/64");
        _bans.Extend(client, Ban.Forever);

        Assert.False(Gate("2001:db8::1").IsBanned(client, Noon, out _));
    }

    private BanGate Gate(string ignored = "127.0.0.1") => new(_bans, new AddressSet([.. ignored.Split(", ").Select(range => Cidr.Parse(range))]));
}
