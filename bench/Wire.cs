using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Uploader.Bench;

/// <summary>
/// One HTTP/1.1 connection that sends bytes as they are and reads no more of an answer than it must: on a machine of two cores the load
/// must cost less than what it measures. Opened anew when the server closed it.
/// </summary>
internal sealed class Wire(IPEndPoint server) : IDisposable
{
    private readonly byte[] _answer = new byte[8 << 10];
    private Socket? _socket;

    /// <summary>Sends the request and reads the whole answer.</summary>
    /// <returns>The status.</returns>
    public async Task<int> Ask(ReadOnlyMemory<byte> request)
    {
        var socket = await Open();
        await Send(request);
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(_answer.AsMemory(length));
            if (read == 0)
                throw new IOException("The server closed the connection in the middle of an answer.");
            length += read;
            if (!TryRead(_answer.AsSpan(0, length), out var status, out var closes))
                continue;
            if (closes)
                Dispose();
            return status;
        }
    }

    public async Task Send(ReadOnlyMemory<byte> bytes)
    {
        var socket = await Open();
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes)..];
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> Open()
    {
        if (_socket is not null)
            return _socket;
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await _socket.ConnectAsync(server);
        return _socket;
    }

    // The service always declares a length; whatever does not is no answer of its.
    private static bool TryRead(ReadOnlySpan<byte> answer, out int status, out bool closes)
    {
        (status, closes) = (0, false);
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var head = answer[..(end + 2)];
        if (!Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out status, out _))
            throw new IOException("An answer without a status.");
        closes = head.IndexOf("\r\nConnection: close\r\n"u8) >= 0;
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0 || !Utf8Parser.TryParse(head[(at + name.Length)..], out int body, out _))
            throw new IOException($"An answer with status {status} and no length.");
        return answer.Length >= end + 4 + body;
    }
}
