using System.Net;
using System.Text;
using Support;

namespace Uploader.Bench;

/// <summary>The service under load, and the requests that are sent to it, as bytes.</summary>
/// <param name="Server">Where it listens.</param>
/// <param name="Key">A key that it accepts.</param>
internal sealed record Target(IPEndPoint Server, string Key)
{
    private const string Boundary = "bench-boundary-7d1c9a";
    private const string Path = "/api/bcloud/fileuploader/upload";

    /// <summary>A request that fails as one with a guessed key does. No body: the server's answer leaves the connection open, and sending stays cheap.</summary>
    public byte[] Failure(string client) => Ascii(
        $"POST {Path} HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: {client}\r\nX-API-KEY: guessed\r\nContent-Length: 0\r\n\r\n");

    /// <summary>As long as a failure, and answered without any stage.</summary>
    public byte[] LivenessCheck(string client) => Ascii(
        $"GET /health/live HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: {client}\r\nX-API-KEY: guessed\r\nContent-Length: 0\r\n\r\n");

    public byte[] Upload(string client, int fileSize) => Upload(client, "png", Bytes.Png(fileSize));

    public byte[] Upload(string client, string extension, byte[] file) => [.. UploadHead(client, extension, file.Length), .. file, .. Tail];

    /// <summary>Everything of an upload up to the first bytes of the file.</summary>
    public byte[] UploadBegin(string client, byte[] file, int bytes) => [.. UploadHead(client, "png", file.Length), .. file[..bytes]];

    private static byte[] Tail => Ascii($"\r\n--{Boundary}--\r\n");

    private byte[] UploadHead(string client, string extension, int fileSize)
    {
        var part = Ascii($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.{extension}\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        var head = Ascii(
            $"POST {Path} HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: {client}\r\nX-API-KEY: {Key}\r\n" +
            $"Content-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {part.Length + fileSize + Tail.Length}\r\n\r\n");
        return [.. head, .. part];
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
