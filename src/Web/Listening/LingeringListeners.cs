using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Uploader.Web.Listening;

/// <summary>Kestrel's own sockets, each as a <see cref="LingeringListener"/>.</summary>
internal sealed class LingeringListeners(SocketTransportFactory sockets, TimeProvider time) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>From a connection to its request a client on the host takes a few milliseconds, on a machine that is busy a hundred.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        => new LingeringListener(await sockets.BindAsync(endpoint, cancellationToken), Linger, time);
}
