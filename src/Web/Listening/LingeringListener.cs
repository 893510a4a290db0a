using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Uploader.Web.Listening;

/// <summary>
/// A listener that, told to stop, takes no new connection but gives those it has just taken a moment to send their request. Kestrel by
/// itself closes every connection on which no request has begun: a client that connected at that instant would see a reset, while
/// those who connect later wait in systemd's socket for the next process.
/// </summary>
internal sealed class LingeringListener(IConnectionListener inner, TimeSpan linger, TimeProvider time) : IConnectionListener
{
    public EndPoint EndPoint => inner.EndPoint;

    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => inner.AcceptAsync(cancellationToken);

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await inner.UnbindAsync(cancellationToken);
        await Task.Delay(linger, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
