using System.Net;
using System.Net.Sockets;
using Support;

namespace System.Tests.Live;

/// <summary>What systemd gives both processes and hears of them.</summary>
public sealed class SystemdTests
{
    private const int Stop = 19; // SIGSTOP
    private const int Continue = 18; // SIGCONT
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Both_say_that_they_are_ready_how_they_are_and_that_they_stop()
    {
        await using var uploader = new LiveUploader();
        using var ofWeb = new NotifySocket(Path.Join(uploader.Folder, "web.notify"));
        using var ofWorker = new NotifySocket(Path.Join(uploader.Folder, "worker.notify"));
        uploader.SetVariable("NOTIFY_SOCKET", ofWorker.Path);
        uploader.LaunchWorker();
        uploader.SetVariable("NOTIFY_SOCKET", ofWeb.Path);
        uploader.LaunchWeb();

        foreach (var socket in new[] { ofWeb, ofWorker })
        {
            Assert.Equal("READY=1", await socket.Receive("READY=", Limit));
        }

        await uploader.Ready();
        // Said anew when it changes: the worker has measured the disk by now.
        Assert.Contains("free", await ofWorker.Receive("STATUS=all jobs on time; disk level", Limit), StringComparison.Ordinal);
        uploader.Web!.Signal(15);
        uploader.Worker!.Signal(15);
        Assert.Equal("STOPPING=1", await ofWeb.Receive("STOPPING=", Limit));
        Assert.Equal("STOPPING=1", await ofWorker.Receive("STOPPING=", Limit));
        Assert.Equal((0, 0), (await uploader.Web.Exit(Limit), await uploader.Worker.Exit(Limit)));
    }

    [Theory]
    [InlineData("Web")]
    [InlineData("Worker")]
    public async Task Both_pulse_for_the_watchdog_and_no_longer_when_they_are_stopped(string name)
    {
        await using var uploader = new LiveUploader();
        using var socket = new NotifySocket(Path.Join(uploader.Folder, "notify"));
        uploader.SetVariable("NOTIFY_SOCKET", socket.Path);
        uploader.SetVariable("WATCHDOG_USEC", "400000");
        var process = name is "Web" ? uploader.LaunchWeb() : uploader.LaunchWorker();
        for (var pulse = 0; pulse < 3; pulse++)
        {
            await socket.Receive("WATCHDOG=1", Limit);
        }

        process.Signal(Stop);
        await Until.True(() => File.ReadAllText($"/proc/{process.Id}/stat").Contains(") T ", StringComparison.Ordinal), Limit, "the process is stopped");
        Assert.True(await socket.IsSilent("WATCHDOG=1", TimeSpan.FromSeconds(1.5)));
        process.Signal(Continue);
        await socket.Receive("WATCHDOG=1", Limit);
    }

    [Fact]
    public async Task Sockets_that_systemd_opened_take_uploads_both_by_TCP_and_by_unix_socket()
    {
        await using var uploader = new LiveUploader();
        // What it would listen on itself is none of its business now.
        uploader.Set("Web:Listen", $"127.0.0.1:{LocalPort.Free()}");
        var unix = Path.Join(uploader.Folder, "web.sock");
        uploader.LaunchWorker();
        uploader.LaunchWebActivated(unix);
        await uploader.Ready();

        foreach (string[] way in new string[][] { [], ["--unix-socket", unix] })
        {
            var file = Path.Join(uploader.Folder, "a.png");
            await File.WriteAllBytesAsync(file, Bytes.Png(), TestContext.Current.CancellationToken);
            var answer = await Curl.Run([.. way, "-H", "X-API-KEY: " + LiveUploader.Key, "-F", "file=@" + file, uploader.UploadAddress.ToString()]);
            Assert.True(answer.Status == 201, answer.Complaint + answer.Body);
            Assert.True(Receipt.Of(answer.Body).IsWhole(uploader));
        }
    }

    [Fact]
    public async Task Who_has_connected_just_before_a_stop_is_still_answered()
    {
        await using var uploader = new LiveUploader();
        uploader.LaunchWorker();
        uploader.LaunchWebActivated(Path.Join(uploader.Folder, "web.sock"));
        await uploader.Ready();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, uploader.Port, TestContext.Current.CancellationToken);
        // Connections are taken in their order: with this answer the one before it was taken.
        await uploader.Ready();

        uploader.Web!.Signal(15);
        await Until.True(() => uploader.Web.Output.Contains("is stopping", StringComparison.Ordinal), Limit, "the web process stops");
        await client.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new byte[12];
        await using var stream = new NetworkStream(client);
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal("HTTP/1.1 200", Text.Encoding.ASCII.GetString(answer));
        Assert.Equal(0, await uploader.Web.Exit(Limit));
    }
}
