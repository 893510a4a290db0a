using Uploader.Shared.Addresses;

namespace Uploader.Shared.Configuration;

/// <summary>Whom the service believes about who its client is, and how clients are counted.</summary>
internal sealed record ProxyOptions
{
    public AddressSet Trusted { get; init; } = AddressSet.Loopback;

    public ForwardedHeader Header { get; init; } = ForwardedHeader.XForwardedFor;

    public int Ipv6PrefixLength { get; init; } = 64;

    private static readonly Syntax<ForwardedHeader> HeaderSyntax =
        Syntax.OneOf(("X-Forwarded-For", ForwardedHeader.XForwardedFor), ("Forwarded", ForwardedHeader.Forwarded));

    public static ProxyOptions Read(SettingsReader section)
    {
        var defaults = new ProxyOptions();
        return new ProxyOptions
        {
            Trusted = section.Read("Trusted", defaults.Trusted, Syntax.Addresses, "The proxies whose word about the client's address is believed; the unix socket always is. They are never banned."),
            Header = section.Read("Header", defaults.Header, HeaderSyntax, "The one header that is believed. Name the one your proxy sets: the other would pass through it as the client sent it."),
            Ipv6PrefixLength = section.Read("Ipv6PrefixLength", defaults.Ipv6PrefixLength, Syntax.Count(32, 128), "IPv6 clients are limited and banned by this many bits: one customer usually owns a /64."),
        };
    }
}
