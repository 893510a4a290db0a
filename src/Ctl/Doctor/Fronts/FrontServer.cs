using System.Net;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>Which web server it is: what mends it depends on that.</summary>
internal enum FrontKind
{
    Unknown,
    Nginx,
    Apache,
}

/// <summary>A site of the web server in front that passes uploads on to the service.</summary>
/// <param name="Address">Scheme, name and port, as clients use them.</param>
/// <param name="Connect">Where it listens on this host; loopback where it can be.</param>
/// <param name="Snippet">The file in which the way to the service stands; null where it is not known.</param>
internal sealed record FrontServer(FrontKind Kind, Uri Address, IPEndPoint Connect, string? Snippet = null)
{
    public bool IsTls => Address.Scheme == Uri.UriSchemeHttps;

    public override string ToString() => $"{(Kind == FrontKind.Unknown ? "the server" : Kind)} at {Address.GetLeftPart(UriPartial.Authority)}";

    /// <param name="name">The site's; empty, <c>_</c>, patterns and regular expressions name nobody, and stand for this host.</param>
    public static FrontServer Of(FrontKind kind, string name, IPEndPoint listens, bool isTls, string? snippet)
    {
        var host = name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')) || name[0] == '.' ? "localhost" : name;
        var connect = listens.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, listens.Port)
            : listens.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, listens.Port)
            : listens;
        return new FrontServer(kind, new UriBuilder(isTls ? "https" : "http", host, listens.Port).Uri, connect, snippet);
    }

    /// <summary>What <c>--front</c> named: by its name, and on this host.</summary>
    public static FrontServer At(Uri address) => new(
        FrontKind.Unknown, address, new IPEndPoint(IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback, address.Port));
}
