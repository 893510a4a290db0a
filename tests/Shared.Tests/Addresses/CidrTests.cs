using System.Net;
using CsCheck;
using Uploader.Shared.Addresses;

namespace Shared.Tests.Addresses;

public sealed class CidrTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7/32", "203.0.113.7")]
    [InlineData("203.0.113.7/24", "203.0.113.0/24")]
    [InlineData("203.0.113.7/0", "0.0.0.0/0")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("2001:DB8:0:0::1/128", "2001:db8::1")]
    [InlineData("2001:db8:1:2:3::1/64", "2001:db8:1:2::/64")]
    [InlineData("::/0", "::/0")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:cb00:7107", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7/120", "203.0.113.0/24")]
    [InlineData("::ffff:0:0/96", "0.0.0.0/0")]
    public void What_operators_write_has_one_form(string written, string form) => Assert.Equal(form, Cidr.Parse(written).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/24")]
    [InlineData("203.0.113.7/")]
    [InlineData("203.0.113.7/33")]
    [InlineData("203.0.113.7/-1")]
    [InlineData("203.0.113.7/+8")]
    [InlineData("203.0.113.7/ 8")]
    [InlineData("203.0.113.7/8/8")]
    [InlineData("203.0.113.7/99999999999")]
    [InlineData("::/129")]
    [InlineData("::ffff:203.0.113.7/90")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0127.0.0.1")]
    [InlineData("127.0.0.01")]
    [InlineData("256.0.0.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.4.")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.+4")]
    [InlineData("１.2.3.4")]
    [InlineData("1.2.3.4:80")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("::0x1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80::1%2")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("localhost")]
    [InlineData("0000000000:0000:0000:0000:0000:0000:0000:0000:0001")]
    public void What_is_no_address_is_refused(string written)
    {
        Assert.False(Cidr.TryParse(written, out _));
        Assert.False(Cidr.TryParseSingle(written, out _));
        Assert.False(Cidr.TryParseAddress(written, out _));
        Assert.Throws<FormatException>(() => Cidr.Parse(written));
    }

    [Theory]
    [InlineData("203.0.113.0/24")]
    [InlineData("203.0.113.7/32")]
    [InlineData("::1/128")]
    public void A_range_is_no_single_address(string range)
    {
        Assert.True(Cidr.TryParse(range, out _));
        Assert.False(Cidr.TryParseSingle(range, out _));
        Assert.False(Cidr.TryParseAddress(range, out _));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", true)]
    [InlineData("10.1.0.0/16", "10.0.0.0/8", false)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", true)]
    [InlineData("0.0.0.0/0", "203.0.113.7", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "203.0.113.7", false)]
    [InlineData("::/0", "ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("127.0.0.0/8", "::ffff:127.0.0.1", true)]
    [InlineData("::1", "0.0.0.1", false)]
    public void A_range_contains_what_begins_with_its_bits(string range, string other, bool contains) =>
        Assert.Equal(contains, Cidr.Parse(range).Contains(Cidr.Parse(other)));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%2", "fe80::/64")]
    public void An_address_is_counted_whole_or_by_its_prefix(string address, string counted) =>
        Assert.Equal(counted, Cidr.Of(IPAddress.Parse(address), 64).ToString());

    [Fact]
    public void A_range_reads_back_from_its_own_form() =>
        Ranges.Sample(range =>
        {
            Assert.Equal(range, Cidr.Parse(range.ToString()));
            Assert.Equal(range.GetHashCode(), Cidr.Parse(range.ToString()).GetHashCode());
            Assert.True(range.Contains(Cidr.Of(range.FirstAddress)));
        });

    [Fact]
    public void Enclosing_ranges_contain_what_they_enclose() =>
        Gen.Select(Ranges, Gen.Int[0, 128]).Sample((range, length) =>
        {
            var shorter = Math.Min(length, range.PrefixLength);
            Assert.True(range.Enclosing(shorter).Contains(range));
            Assert.Equal(shorter == range.PrefixLength, range.Contains(range.Enclosing(shorter)));
        });

    [Fact]
    public void Arbitrary_text_is_read_as_the_framework_reads_it_or_refused() =>
        Gen.String[Gen.Char["0123456789abcf:.%/[] x"], 0, 48].Sample(text =>
        {
            if (Cidr.TryParseSingle(text, out var address))
                Assert.Equal(Cidr.Of(IPAddress.Parse(text)), address);
        });

    private static readonly Gen<Cidr> Ranges = Gen.OneOf(
        Gen.Select(Gen.Byte.Array[4], Gen.Int[0, 32], (bytes, length) => Cidr.Of(new IPAddress(bytes)).Enclosing(length)),
        // 20xx: mapped addresses would be IPv4 and too short for the prefix.
        Gen.Select(Gen.Byte.Array[15], Gen.Int[0, 128], (bytes, length) => Cidr.Of(new IPAddress([0x20, .. bytes])).Enclosing(length)));
}
