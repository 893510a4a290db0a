using System.Net;
using Microsoft.Extensions.Primitives;
using Uploader.Shared.Addresses;

namespace Uploader.Web.Addressing;

/// <summary>
/// The first stage: says who a request comes from. That is the nearest hop that is not a trusted proxy, so that no client can dodge its own ban, or get
/// somebody else banned, by what it writes into a header.
/// </summary>
/// <param name="trusted">The proxies whose word counts. The unix socket always belongs to them: only this machine's proxy may open it.</param>
/// <param name="header">The header these proxies write.</param>
/// <param name="ipv6PrefixLength">How many bits of an IPv6 address make one client.</param>
internal sealed class ClientAddresses(AddressSet trusted, ForwardedHeader header, int ipv6PrefixLength = ClientAddresses.DefaultIpv6PrefixLength)
{
    public const int DefaultIpv6PrefixLength = 64;

    private readonly string _headerName = header == ForwardedHeader.Forwarded ? "Forwarded" : "X-Forwarded-For";
    private readonly ClientAddress _localSocket = new(Cidr.Of(IPAddress.Loopback), Cidr.Of(IPAddress.Loopback), IsTrustedProxy: true);

    public ClientAddress Of(HttpContext context) => Of(context.Connection.RemoteIpAddress, context.Request.Headers[_headerName]);

    /// <param name="connection">The other end of the connection, null for a unix socket.</param>
    /// <param name="lines">All lines of the header, in the order they came.</param>
    public ClientAddress Of(IPAddress? connection, StringValues lines)
    {
        Cidr? nearestProxy = null;
        if (connection is not null)
        {
            var peer = Cidr.Of(connection);
            if (!trusted.Contains(peer))
                return Client(peer);
            nearestProxy = peer;
        }

        return OfHops(nearestProxy, new ForwardedHops(header, lines));
    }

    private ClientAddress OfHops(Cidr? lastProxy, ForwardedHops hops)
    {
        while (hops.TryMoveLeft(out var hop))
        {
            if (hop.IsLocalSocket)
                continue;
            // Whatever stands left of a hop that names nobody was written by nobody we know: the proxy that let it through answers for it.
            if (!hop.TryGetAddress(out var address))
                break;
            if (!trusted.Contains(address))
                return Client(address);
            lastProxy = address;
        }

        return lastProxy is { } proxy ? Client(proxy) with { IsTrustedProxy = true } : _localSocket;
    }

    private ClientAddress Client(Cidr exact) => new(exact, exact.IsIpv6 ? exact.Enclosing(ipv6PrefixLength) : exact, IsTrustedProxy: false);
}
