using System.Net;

namespace Uploader.Shared.Configuration;

/// <summary>Where the web process listens and what its paths begin with.</summary>
internal sealed record WebOptions
{
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 2424);

    public string PathBase { get; init; } = "/api/bcloud/fileuploader";

    public static WebOptions Read(SettingsReader section)
    {
        var defaults = new WebOptions();
        return new WebOptions
        {
            Listen = section.Read("Listen", defaults.Listen, Syntax.EndPoint, "Where to listen; ignored when systemd hands sockets over."),
            PathBase = section.Read("PathBase", defaults.PathBase, Syntax.AbsolutePath, "What the paths of the upload endpoints begin with."),
        };
    }
}
