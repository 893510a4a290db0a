using Uploader.Shared.Addresses;

namespace Shared.Tests.Addresses;

public sealed class AddressSetTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.255.254", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::2", false)]
    [InlineData("128.0.0.1", false)]
    public void Loopback_is_both_families(string address, bool contained) =>
        Assert.Equal(contained, AddressSet.Loopback.Contains(Cidr.Parse(address)));

    [Theory]
    [InlineData("::/64", true)]
    [InlineData("::1", true)]
    [InlineData("::2", false)]
    [InlineData("126.0.0.0/7", true)]
    [InlineData("2001:db8::/64", false)]
    public void A_set_overlaps_what_it_contains_and_what_contains_it(string range, bool overlaps) =>
        Assert.Equal(overlaps, AddressSet.Loopback.Overlaps(Cidr.Parse(range)));

    [Fact]
    public void An_empty_set_contains_nobody() => Assert.False(new AddressSet([]).Contains(Cidr.Parse("127.0.0.1")));
}
