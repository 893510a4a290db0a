using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Support;

namespace System.Tests.Live;

/// <summary>Clients that leave in the middle.</summary>
public sealed class AbortedUploadTests
{
    private const int Aborts = 1_000;
    private const int AtATime = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_thousand_aborted_uploads_leave_no_file_no_handle_and_no_reservation()
    {
        // Room for what is under way at a time, and for far less than a thousand leaks.
        await using var uploader = await LiveUploader.Start(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Disk:MaxBytes"] = "64MiB" });
        using var sender = new Sender(uploader, "192.0.2.1");
        Assert.Equal(HttpStatusCode.Created, (await sender.Upload(Bytes.Png())).Status);
        var (handles, memory) = (HandlesOf(uploader.Web!), MemoryOf(uploader.Web!));

        for (var done = 0; done < Aborts; done += AtATime)
        {
            await Abort(uploader, AtATime);
        }

        await IsQuiet(uploader);
        // Threads and libraries that were not needed before; a leak would show a thousand.
        await Until.True(() => HandlesOf(uploader.Web!) <= handles + 30, Limit, $"handles fall to {handles}, they are {HandlesOf(uploader.Web!)}");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"handles {handles} before, {HandlesOf(uploader.Web!)} after; resident {memory} KiB before, {MemoryOf(uploader.Web!)} KiB after {Aborts} aborts");

        Assert.Single(uploader.StoredFiles());
        var (status, receipt) = await sender.Upload(Bytes.Png(50 * Bytes.MiB));
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.True(receipt!.IsWhole(uploader));
    }

    private static Task IsQuiet(LiveUploader uploader) => Until.True(() => !uploader.StagedFiles().Any(), Limit, "nothing is left in staging");

    private static Task Abort(LiveUploader uploader, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(i => AbortOne(uploader, i)));

    /// <summary>Declares a MiB (or no length at all), sends a part of it and leaves: politely, or with a reset.</summary>
    private static async Task AbortOne(LiveUploader uploader, int number)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, uploader.Port);
        var isChunked = number % 2 == 0;
        byte[] start = [.. "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"u8, .. Bytes.Png(100_000)];
        var framing = isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {Bytes.MiB}";
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {uploader.UploadAddress.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: {LiveUploader.Key}\r\n"
            + $"Content-Type: multipart/form-data; boundary=b\r\n{framing}\r\n\r\n"
            + (isChunked ? start.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n" : "")));
        await socket.SendAsync(start.AsMemory(0, number % 3 == 0 ? start.Length / 2 : start.Length));
        if (number % 4 < 2)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    private static int HandlesOf(Child child) => Directory.EnumerateFileSystemEntries($"/proc/{child.Id}/fd").Count();

    private static string MemoryOf(Child child)
        => File.ReadLines($"/proc/{child.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
}
