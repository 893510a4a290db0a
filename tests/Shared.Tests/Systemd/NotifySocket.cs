using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting.Systemd;

namespace Shared.Tests.Systemd;

/// <summary>systemd's end of NOTIFY_SOCKET: a real unix datagram socket.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notify-").FullName;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket() => _socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "notify")));

    /// <summary>The framework's notifier, which reads the variable when it is made.</summary>
    public ISystemdNotifier Notifier()
    {
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", Path.Combine(_folder, "notify"));
        try
        {
            return new SystemdNotifier();
        }
        finally
        {
            Environment.SetEnvironmentVariable("NOTIFY_SOCKET", null);
        }
    }

    public bool IsSilent => _socket.Available == 0;

    public async Task<string> Receive()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var buffer = new byte[4096];
        var length = await _socket.ReceiveAsync(buffer, SocketFlags.None, limit.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    public void Dispose()
    {
        _socket.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
