using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Support;

namespace System.Tests.Live;

/// <summary>Five hundred connections that send a byte a second: half never end their headers, half have a key and never end their body.</summary>
public sealed class SlowSenderTests
{
    private const int Connections = 500;
    private const int Uploads = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task They_hold_up_no_upload_and_are_cut()
    {
        await using var uploader = await LiveUploader.Start();
        using var sender = new Sender(uploader, "192.0.2.1");
        // What is compiled at its first use has been used by then.
        for (var i = 0; i < 10; i++)
        {
            await TimesOf(sender);
        }

        var idle = await TimesOf(sender);

        var slow = await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => Open(uploader, i)));
        using var over = new CancellationTokenSource();
        try
        {
            var cut = Task.WhenAll(slow.Select(socket => DripUntilCut(socket, over.Token)));
            // Within the five seconds of grace that a slow body has.
            var busy = await TimesOf(sender);
            var stillThere = slow.Count(socket => socket.Connected);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"an upload of 16 KiB, median of {Uploads}: {Median(idle):F1} ms idle, {Median(busy):F1} ms with {stillThere} slow connections, {Median(busy) / Median(idle):F1} times; "
                + $"longest {busy.Max().TotalMilliseconds:F0} ms");
            Assert.All(busy, time => Assert.InRange(time, TimeSpan.Zero, Generous));

            var since = Stopwatch.GetTimestamp();
            await cut.WaitAsync(Limit, TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine($"all cut after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s more");
        }
        finally
        {
            await over.CancelAsync();
            Array.ForEach(slow, socket => socket.Dispose());
        }

        await Until.True(() => !uploader.StagedFiles().Any(), Generous, "nothing of them is left in staging");
    }

    private static async Task<List<TimeSpan>> TimesOf(Sender sender)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < Uploads; i++)
        {
            var since = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.Created, (await sender.Upload(Bytes.Png(16 * 1024))).Status);
            times.Add(Stopwatch.GetElapsedTime(since));
        }

        return times;
    }

    private static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalMilliseconds;

    private static async Task<Socket> Open(LiveUploader uploader, int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, uploader.Port);
        var isInBody = number % 2 == 0;
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {uploader.UploadAddress.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: {LiveUploader.Key}\r\n"
            + $"X-Forwarded-For: 198.51.100.{number / 2}\r\nX-Slow: "
            + (isInBody ? $"1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\nContent-Disposition: form-data; " : "")));
        return socket;
    }

    /// <summary>Ends when the service has closed the connection, with an answer before or without.</summary>
    private static async Task DripUntilCut(Socket socket, CancellationToken over)
    {
        var buffer = new byte[1024];
        try
        {
            var closed = ReadToEnd(socket, buffer, over);
            while (!closed.IsCompleted)
            {
                await socket.SendAsync("x"u8.ToArray(), over);
                await Task.WhenAny(closed, Task.Delay(TimeSpan.FromSeconds(1), over));
            }

            await closed;
        }
        catch (SocketException)
        {
            // Reset: cut as well.
        }
    }

    private static async Task ReadToEnd(Socket socket, byte[] buffer, CancellationToken over)
    {
        while (await socket.ReceiveAsync(buffer, over) > 0)
        {
        }
    }
}
