using System.Net;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Uploader.Shared.Addresses;
using Uploader.Web.Addressing;

namespace Web.Tests.Addressing;

/// <summary>The trusted proxies of every table here: loopback and 10.0.0.0/8.</summary>
public sealed class ClientAddressesTests
{
    private const string Attacker = "198.51.100.66";

    private static readonly AddressSet Trusted = new([.. AddressSet.Loopback.Ranges, Cidr.Parse("10.0.0.0/8")]);

    [Theory]
    // Without a trusted proxy in front, headers are words.
    [InlineData("203.0.113.7", "", "203.0.113.7")]
    [InlineData("203.0.113.7", "1.2.3.4", "203.0.113.7")]
    [InlineData("203.0.113.7", "127.0.0.1", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "1.2.3.4", "203.0.113.7")]
    // The usual case, and its forms.
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("::1", "203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("unix", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "203.0.113.7:4711", "203.0.113.7")]
    [InlineData("127.0.0.1", "\t 203.0.113.7 \t", "203.0.113.7")]
    [InlineData("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "2001:db8::7", "2001:db8::7")]
    [InlineData("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7")]
    // The right-most untrusted hop, whatever stands left of it.
    [InlineData("127.0.0.1", "1.2.3.4, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "127.0.0.1,10.1.1.1,203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "1.2.3.4, 203.0.113.7, 10.0.0.5", "203.0.113.7")]
    [InlineData("127.0.0.1", "1.2.3.4, 203.0.113.7, 10.0.0.6, 10.0.0.5:80, ::1", "203.0.113.7")]
    [InlineData("127.0.0.1", "1.2.3.4, 203.0.113.7, unix:", "203.0.113.7")]
    [InlineData("unix", "1.2.3.4, 203.0.113.7, unix:, 10.0.0.5", "203.0.113.7")]
    [InlineData("127.0.0.1", "\", 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", ", 203.0.113.7", "203.0.113.7")]
    // Lines are one header, in their order.
    [InlineData("127.0.0.1", "1.2.3.4|203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "1.2.3.4, 203.0.113.7|10.0.0.5", "203.0.113.7")]
    [InlineData("127.0.0.1", "203.0.113.7|10.0.0.6|10.0.0.5, 10.0.0.4", "203.0.113.7")]
    // A hop that names nobody: the proxy that let it through.
    [InlineData("127.0.0.1", "1.2.3.4, unknown", "127.0.0.1 proxy")]
    [InlineData("127.0.0.1", "1.2.3.4, _hidden, 10.0.0.5", "10.0.0.5 proxy")]
    [InlineData("127.0.0.1", "1.2.3.4, , 10.0.0.5", "10.0.0.5 proxy")]
    [InlineData("127.0.0.1", "1.2.3.4,", "127.0.0.1 proxy")]
    [InlineData("127.0.0.1", "1.2.3.4|", "127.0.0.1 proxy")]
    [InlineData("127.0.0.1", "1.2.3.4, fe80::1%eth0, 10.0.0.5", "10.0.0.5 proxy")]
    [InlineData("127.0.0.1", "1.2.3.4, 203.0.113.7:port", "127.0.0.1 proxy")]
    [InlineData("unix", "1.2.3.4, unknown", "127.0.0.1 proxy")]
    // Nobody but proxies.
    [InlineData("127.0.0.1", "", "127.0.0.1 proxy")]
    [InlineData("127.0.0.1", "10.0.0.6, 10.0.0.5", "10.0.0.6 proxy")]
    [InlineData("unix", "", "127.0.0.1 proxy")]
    [InlineData("unix", "unix:, unix:", "127.0.0.1 proxy")]
    public void The_client_is_the_nearest_hop_that_is_no_trusted_proxy(string connection, string xForwardedFor, string client) =>
        Assert.Equal(client, Of(connection, ForwardedHeader.XForwardedFor, xForwardedFor));

    [Theory]
    [InlineData("203.0.113.7", "for=1.2.3.4", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=\"[2001:db8::1]:4711\";proto=https", "2001:db8::1")]
    [InlineData("127.0.0.1", "for=1.2.3.4;proto=http, for=\"203.0.113.7:4711\";proto=https;by=10.0.0.1", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=1.2.3.4, For=203.0.113.7, fOR=10.0.0.5", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=1.2.3.4|for=203.0.113.7|for=10.0.0.5", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=203.0.113.7, for=10.0.0.5;host=\"a,for=6.6.6.6\"", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=203.0.113.7, for=10.0.0.5;host=\"a\\\",for=6.6.6.6;b=\\\"\"", "203.0.113.7")]
    // An open quote of the client does not swallow what the proxy appended.
    [InlineData("127.0.0.1", "for=\"evil, for=203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=\"evil, for=\"203.0.113.7\"", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=\"evil\\, for=\"203.0.113.7:80\";proto=http", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=\"evil|for=\"203.0.113.7\"", "203.0.113.7")]
    [InlineData("127.0.0.1", "for=1.2.3.4, for=unknown", "127.0.0.1 proxy")]
    [InlineData("127.0.0.1", "for=1.2.3.4, for=\"_gazonk\", for=10.0.0.5", "10.0.0.5 proxy")]
    [InlineData("127.0.0.1", "for=1.2.3.4, proto=https", "127.0.0.1 proxy")]
    [InlineData("127.0.0.1", "for=1.2.3.4, for=203.0.113.7;for=6.6.6.6", "127.0.0.1 proxy")]
    [InlineData("127.0.0.1", "1.2.3.4, 203.0.113.7", "127.0.0.1 proxy")]
    [InlineData("127.0.0.1", "for=1.2.3.4, for=203.0.113.7\"", "127.0.0.1 proxy")]
    public void Forwarded_is_read_the_same_way(string connection, string forwarded, string client) =>
        Assert.Equal(client, Of(connection, ForwardedHeader.Forwarded, forwarded));

    [Theory]
    [InlineData(nameof(ForwardedHeader.XForwardedFor), "X-Forwarded-For", "1.1.1.1")]
    [InlineData(nameof(ForwardedHeader.XForwardedFor), "x-forwarded-for", "1.1.1.1")]
    [InlineData(nameof(ForwardedHeader.Forwarded), "Forwarded", "for=1.1.1.1")]
    public void Only_the_configured_header_is_read(string configured, string name, string value)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback } };
        foreach (var other in new[] { "X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP" })
            context.Request.Headers[other] = other == "Forwarded" ? "for=6.6.6.6" : "6.6.6.6";
        context.Request.Headers[name] = value;

        Assert.Equal("1.1.1.1", new ClientAddresses(Trusted, Enum.Parse<ForwardedHeader>(configured)).Of(context).ToString());
    }

    [Theory]
    [InlineData("203.0.113.7", 64, "203.0.113.7")]
    [InlineData("203.0.113.7", 48, "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", 64, "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:3:4:5:6", 48, "2001:db8:1::/48")]
    [InlineData("2001:db8:1:2:3:4:5:6", 128, "2001:db8:1:2:3:4:5:6")]
    [InlineData("::ffff:203.0.113.7", 64, "203.0.113.7")]
    public void Limits_and_bans_count_the_prefix_and_logs_show_the_address(string connection, int prefixLength, string counted)
    {
        var client = new ClientAddresses(Trusted, ForwardedHeader.XForwardedFor, prefixLength).Of(IPAddress.Parse(connection), default);

        Assert.Equal(counted, client.Counted.ToString());
        Assert.Equal(Cidr.Parse(connection), client.Exact);
        Assert.Equal(client.Exact.ToString(), client.ToString());
        Assert.Equal(client.Exact, Cidr.Of(client.Address));
    }

    [Fact]
    public void A_chain_of_ten_kilobytes_changes_nothing()
    {
        var chain = string.Join(',', Enumerable.Repeat("1.2.3.4", 1280));
        Assert.Equal("203.0.113.7", Of("127.0.0.1", ForwardedHeader.XForwardedFor, $"{chain},203.0.113.7"));
        Assert.Equal("203.0.113.7", Of("127.0.0.1", ForwardedHeader.XForwardedFor, $"{new string('x', 10_000)},203.0.113.7"));
        Assert.Equal("203.0.113.7", Of("127.0.0.1", ForwardedHeader.Forwarded, $"{new string('"', 10_000)}\\\",for=203.0.113.7"));
        Assert.Equal("127.0.0.1 proxy", Of("127.0.0.1", ForwardedHeader.XForwardedFor, new string('1', 10_000)));
        Assert.Equal("127.0.0.1 proxy", Of("127.0.0.1", ForwardedHeader.Forwarded, new string('"', 10_000)));
    }

    [Theory]
    [InlineData(31, Attacker)]
    [InlineData(32, "10.0.0.32 proxy")]
    [InlineData(1000, "10.0.0.32 proxy")]
    public void The_walk_ends_after_32_hops(int proxies, string client)
    {
        var chain = string.Join(", ", Enumerable.Range(1, proxies).Reverse().Select(i => $"10.0.{i / 250}.{i % 250}"));
        Assert.Equal(client, Of("127.0.0.1", ForwardedHeader.XForwardedFor, $"{Attacker}, {chain}"));
    }

    [Fact]
    public void Reading_an_IPv4_chain_allocates_the_answer_and_nothing_else()
    {
        var addresses = new ClientAddresses(Trusted, ForwardedHeader.XForwardedFor);
        var oneHop = BytesFor("203.0.113.7");
        Assert.Equal(oneHop, BytesFor("203.0.113.7, " + string.Join(", ", Enumerable.Repeat("10.0.0.5:80", 30))));

        long BytesFor(StringValues lines)
        {
            addresses.Of(IPAddress.Loopback, lines);
            var before = GC.GetAllocatedBytesForCurrentThread();
            addresses.Of(IPAddress.Loopback, lines);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>
    /// The rule itself: a client that writes whatever it likes, and behind it any number of trusted proxies that each append whom they saw.
    /// It is always this client that answers, neither nobody nor somebody else.
    /// </summary>
    [Fact]
    public void No_client_can_dodge_or_frame_by_what_it_writes() =>
        Gen.Select(ForgedLines, Proxies, Gen.Bool, Gen.OneOf(Attacker, "2001:db8:66::6")).Sample((forged, proxies, isForwarded, attacker) =>
        {
            var lines = forged.ToList();
            var seen = attacker;
            foreach (var (proxy, addsOwnLine, style) in proxies)
            {
                var hop = isForwarded ? AsElement(seen, style) : AsNode(seen, style);
                if (addsOwnLine || lines.Count == 0)
                    lines.Add(hop);
                else
                    lines[^1] = $"{lines[^1]}, {hop}";
                seen = proxy;
            }

            var header = isForwarded ? ForwardedHeader.Forwarded : ForwardedHeader.XForwardedFor;
            var client = new ClientAddresses(Trusted, header).Of(IPAddress.Parse(seen), lines.ToArray());
            Assert.Equal(Cidr.Parse(attacker), client.Exact);
            Assert.False(client.IsTrustedProxy);
        }, iter: 50_000);

    [Fact]
    public void Nothing_that_is_sent_throws_and_every_answer_stands_in_the_request() =>
        Gen.Select(ForgedLines, Gen.Bool).Sample((lines, isForwarded) =>
        {
            var header = isForwarded ? ForwardedHeader.Forwarded : ForwardedHeader.XForwardedFor;
            var client = new ClientAddresses(Trusted, header).Of(IPAddress.Loopback, lines);
            Assert.Equal(client.IsTrustedProxy, Trusted.Contains(client.Exact));
        }, iter: 50_000);

    private static readonly Gen<string[]> ForgedLines = Gen.OneOf(
        Gen.String[Gen.Char["for=FOR\"\\,;:[]%._ 1270.1abunix/\0\r\n"], 0, 60],
        Gen.OneOf(
            "203.0.113.9", "127.0.0.1", "10.0.0.5, 10.0.0.6", "for=203.0.113.9", "for=127.0.0.1;by=", "for=\"203.0.113.9", "for=203.0.113.9;host=\"", "\\", "\"\\",
            "unix:", "unknown", ",", "for=\"\\\"", "203.0.113.9,")).Array[0, 3];

    private static readonly Gen<(string Proxy, bool AddsOwnLine, int Style)[]> Proxies =
        Gen.Select(Gen.OneOf("10.0.0.5", "10.9.9.9", "127.0.0.1", "::1", "::ffff:10.1.2.3"), Gen.Bool, Gen.Int[0, 3], (proxy, line, style) => (proxy, line, style)).Array[1, 6];

    private static string AsNode(string address, int style) => (style, address.Contains(':')) switch
    {
        (0, _) => address,
        (1, true) => $"[{address}]",
        (_, true) => $"[{address}]:4711",
        _ => $"{address}:4711",
    };

    private static string AsElement(string address, int style)
    {
        var node = address.Contains(':') ? $"[{address}]" : address;
        return style switch
        {
            0 => $"for=\"{node}\"",
            1 => $"for=\"{node}:4711\";proto=https",
            2 => $"by=\"_a\\\"b,c;d\";For=\"{node}\"",
            _ => $"proto=http;for={node}",
        };
    }

    private static string Of(string connection, ForwardedHeader header, string lines)
    {
        var client = new ClientAddresses(Trusted, header).Of(
            connection == "unix" ? null : IPAddress.Parse(connection),
            lines.Length == 0 ? default : new StringValues(lines.Split('|')));
        return client.IsTrustedProxy ? $"{client} proxy" : client.ToString();
    }
}
