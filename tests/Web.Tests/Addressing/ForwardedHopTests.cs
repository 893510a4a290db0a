using CsCheck;
using Uploader.Web.Addressing;

namespace Web.Tests.Addressing;

public sealed class ForwardedHopTests
{
    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("1.2.3.4:4711", "1.2.3.4")]
    [InlineData("1.2.3.4:_hidden", "1.2.3.4")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:DB8::1]:4711", "2001:db8::1")]
    [InlineData("[2001:db8::1]:_hidden", "2001:db8::1")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("[::ffff:1.2.3.4]:80", "1.2.3.4")]
    [InlineData("::1", "::1")]
    public void An_address_is_read_in_every_form_that_proxies_write(string node, string address)
    {
        Assert.True(ForwardedHop.Parse(node).TryGetAddress(out var read));
        Assert.Equal(address, read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("UNKNOWN")]
    [InlineData("_obfuscated")]
    [InlineData("_")]
    [InlineData("-")]
    [InlineData("client.example")]
    [InlineData("1.2.3.4:")]
    [InlineData("1.2.3.4:http")]
    [InlineData("1.2.3.4:65536")]
    [InlineData("1.2.3.4:-1")]
    [InlineData("1.2.3.4: 80")]
    [InlineData("1.2.3.4:80:80")]
    [InlineData("1.2.3.4/32")]
    [InlineData("1.2.3.4 5.6.7.8")]
    [InlineData("1.2.3.4;5.6.7.8")]
    [InlineData("\"1.2.3.4\"")]
    [InlineData("[1.2.3.4]")]
    [InlineData("[1.2.3.4]:80")]
    [InlineData("[]")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("[2001:db8::1")]
    [InlineData("2001:db8::1]")]
    [InlineData("[[2001:db8::1]]")]
    [InlineData("[2001:db8::1]80")]
    [InlineData("[2001:db8::1]:")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[fe80::1%2]:80")]
    [InlineData("0x7f000001")]
    [InlineData("127.1")]
    [InlineData("010.0.0.1")]
    [InlineData("unix:/run/a.sock")]
    public void What_names_nobody_is_unreadable(string node)
    {
        Assert.False(ForwardedHop.Parse(node).TryGetAddress(out _));
        Assert.False(ForwardedHop.Parse(node).IsLocalSocket);
    }

    [Fact]
    public void The_form_of_nginx_for_a_unix_socket_is_known()
    {
        Assert.True(ForwardedHop.Parse("unix:").IsLocalSocket);
        Assert.False(ForwardedHop.Parse("unix:").TryGetAddress(out _));
    }

    [Theory]
    [InlineData("for=1.2.3.4", "1.2.3.4")]
    [InlineData("For=1.2.3.4", "1.2.3.4")]
    [InlineData("FOR=\"1.2.3.4:80\"", "1.2.3.4")]
    [InlineData("for=\"[2001:db8::1]:4711\";proto=https", "2001:db8::1")]
    [InlineData("for=[2001:db8::1]", "2001:db8::1")]
    [InlineData("by=203.0.113.43;for=1.2.3.4;host=a.example", "1.2.3.4")]
    [InlineData("proto=https; for=1.2.3.4 ;", "1.2.3.4")]
    [InlineData(";;for=1.2.3.4", "1.2.3.4")]
    [InlineData("by=\"_a;for=6.6.6.6\";for=1.2.3.4", "1.2.3.4")]
    [InlineData("by=\"_a\\\";for=6.6.6.6\";for=1.2.3.4", "1.2.3.4")]
    [InlineData("for=\"1.2.3\\.4\"", "1.2.3.4")]
    [InlineData("for=\"\\1\\.\\2\\.\\3\\.\\4\" ;by=_x", "1.2.3.4")]
    public void An_element_names_its_for(string element, string address)
    {
        Assert.True(ForwardedElement.Parse(element).TryGetAddress(out var read));
        Assert.Equal(address, read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("for")]
    [InlineData("for=")]
    [InlineData("for=\"\"")]
    [InlineData("for=\"")]
    [InlineData("for=\"1.2.3.4")]
    [InlineData("for=1.2.3.4\"")]
    [InlineData("for=\"1.2.3.4\\\"")]
    [InlineData("for=\"1.2.3.4\"x")]
    [InlineData("for=\"1.2.3.4\"\"\"")]
    [InlineData("for =1.2.3.4")]
    [InlineData("for=unknown")]
    [InlineData("for=_hidden")]
    [InlineData("for=1.2.3.4;for=1.2.3.4")]
    [InlineData("for=1.2.3.4;FOR=5.6.7.8")]
    [InlineData("for=1.2.3.4;garbage")]
    [InlineData("proto=https")]
    [InlineData("xfor=1.2.3.4")]
    [InlineData("1.2.3.4")]
    public void An_element_without_exactly_one_good_for_names_nobody(string element) =>
        Assert.False(ForwardedElement.Parse(element).TryGetAddress(out _));

    [Theory]
    [InlineData("for=1.2.3.4", -1)]
    [InlineData("a,b", 1)]
    [InlineData("a,\"b,c\"", 1)]
    [InlineData("a,\"b,\\\",c\"", 1)]
    [InlineData("\"b,c\"", -1)]
    [InlineData("for=\"evil, for=\"1.2.3.4\"", 9)]
    [InlineData("for=\"evil\\, for=\"1.2.3.4\"", 10)]
    public void An_element_begins_after_the_last_comma_outside_quotes_seen_from_the_right(string line, int expected)
    {
        Assert.True(ForwardedElement.TryFindLastComma(line, out var comma));
        Assert.Equal(expected, comma);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("a,b\"")]
    [InlineData("\\\"a\"")]
    [InlineData("a\\\"b,c\"")]
    public void A_quote_that_never_began_ends_the_reading(string line) => Assert.False(ForwardedElement.TryFindLastComma(line, out _));

    [Fact]
    public void Nothing_that_is_sent_throws() =>
        Gen.String[Gen.Char["for=FOR\"\\,;:[]%._ 1234abunix/"], 0, 90].Sample(text =>
        {
            _ = ForwardedHop.Parse(text);
            _ = ForwardedElement.Parse(text);
            _ = ForwardedElement.TryFindLastComma(text, out _);
        }, iter: 20_000);
}
