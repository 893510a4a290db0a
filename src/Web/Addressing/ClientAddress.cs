using System.Net;
using Uploader.Shared.Addresses;

namespace Uploader.Web.Addressing;

/// <summary>Who a request comes from: the one identity that decides limits, bans and logs.</summary>
/// <param name="Exact">The single address. A unix socket counts as 127.0.0.1: its other end is on this machine.</param>
/// <param name="Counted">What limits and bans count: IPv4 whole, IPv6 by its prefix, because whoever has one address of a /64 has them all.</param>
/// <param name="IsTrustedProxy">The proxy itself, not one of its clients. It is never banned: that would ban everybody behind it.</param>
internal sealed record ClientAddress(Cidr Exact, Cidr Counted, bool IsTrustedProxy)
{
    public IPAddress Address => Exact.FirstAddress;

    /// <summary>The exact address, as logs show it.</summary>
    public override string ToString() => Exact.ToString();
}
