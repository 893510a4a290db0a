using System.Net.Sockets;
using System.Text;
using Support;

namespace Web.Tests;

/// <summary>A client that sent its headers and the first bytes of a file, and then nothing more; disposed, it is gone.</summary>
internal sealed class SlowUpload(TcpClient connection) : IDisposable
{
    public static async Task<SlowUpload> Begin(LiveWeb web, string address)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(web.Address.Host, web.Address.Port);
        var head = $"POST {web.UploadAddress.AbsolutePath} HTTP/1.1\r\nHost: x\r\nX-API-KEY: {LiveWeb.Key}\r\nX-Forwarded-For: {address}\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await connection.GetStream().WriteAsync(Bytes.Png(5000));
        return new SlowUpload(connection);
    }

    /// <summary>All that the service sends until it closes.</summary>
    public async Task<string> Answer()
    {
        using var reader = new StreamReader(connection.GetStream(), leaveOpen: true);
        return await reader.ReadToEndAsync();
    }

    public void Dispose()
    {
        // A reset, as when the client's machine goes away.
        connection.Client.LingerState = new LingerOption(true, 0);
        connection.Dispose();
    }
}
