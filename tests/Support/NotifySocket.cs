using System.Net.Sockets;
using System.Text;

namespace Support;

/// <summary>systemd's end of <c>NOTIFY_SOCKET</c>, with what came so far, assignment by assignment.</summary>
public sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket(string path)
    {
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public string Path { get; }

    /// <summary>Reads until an assignment begins with this.</summary>
    public async Task<string> Receive(string start, TimeSpan deadline)
    {
        using var limit = new CancellationTokenSource(deadline);
        while (true)
        {
            if ((await Datagram(limit.Token)).Split('\n').FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }
        }
    }

    /// <summary>Forgets what has come, and says whether nothing comes for so long.</summary>
    public async Task<bool> IsSilent(string start, TimeSpan time)
    {
        while (_socket.Available > 0)
        {
            await Datagram(CancellationToken.None);
        }

        try
        {
            await Receive(start, time);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> Datagram(CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellation));
    }
}
