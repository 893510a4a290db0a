using System.Net;
using Support;

namespace System.Tests.Live;

/// <summary>The real service behind a real nginx with deploy/nginx: client, proxy, service, and nothing in between made up.</summary>
public sealed class BehindNginxTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_client_is_who_connects_to_nginx_whatever_headers_it_sends(bool byUnixSocket)
    {
        await using var uploader = NewUploader();
        await using var nginx = await Start(uploader, byUnixSocket);

        var answer = await Upload(uploader, nginx, "127.0.0.2", Bytes.Png(), "X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.8", "X-Real-IP: 203.0.113.9");
        Assert.True(answer.Status == 201, answer.Complaint + answer.Body);
        var receipt = Receipt.Of(answer.Body);
        Assert.True(receipt.IsWhole(uploader));
        await Until.True(() => uploader.Web!.Output.Contains("for key tests from 127.0.0.2", StringComparison.Ordinal), Limit, "the log names the client");
        var (_, from) = await Child.Run("getfattr", "--only-values", "--absolute-names", "-n", "user.uploader.from", Path.Join(uploader.Uploads, receipt.Path));
        Assert.Equal("127.0.0.2", from.Trim());
        Assert.DoesNotContain("203.0.113", uploader.Web!.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_dodges_his_ban_or_gets_another_banned_by_a_header()
    {
        await using var uploader = NewUploader();
        await using var nginx = await Start(uploader, byUnixSocket: true);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(401, (await Knock(nginx, "127.0.0.2", $"X-Forwarded-For: 127.0.0.{i + 3}")).Status);
        }

        await Until.True(
            () => uploader.Worker!.Output.Contains("Banned 127.0.0.2 ", StringComparison.Ordinal), Limit, "the client is banned");
        await Until.True(async () => (await Upload(uploader, nginx, "127.0.0.2", Bytes.Png(), "X-Forwarded-For: 127.0.0.9")).Status == 403, Limit, "the ban arrives");
        Assert.Equal(201, (await Upload(uploader, nginx, "127.0.0.3", Bytes.Png())).Status);
    }

    [Theory]
    [InlineData(50 * Bytes.MiB, 201)]
    [InlineData(50 * Bytes.MiB + 1, 413)]
    [InlineData(60 * Bytes.MiB, 413)]
    public async Task The_size_limit_is_the_same_as_without(int size, int status)
    {
        await using var uploader = NewUploader();
        await using var nginx = await Start(uploader, byUnixSocket: true);
        var answer = await Upload(uploader, nginx, "127.0.0.2", Bytes.Png(size));
        Assert.True((answer.ExitCode, answer.Status) == (0, status), $"{answer.ExitCode} {answer.Status} {answer.Complaint} {answer.Body}");
        Assert.True(status == 201 ? Receipt.Of(answer.Body).IsWhole(uploader) : answer.Json.GetProperty("type").GetString() == "urn:fileuploader:too-large");
    }

    /// <summary>Only 127.0.0.1 is the proxy, so that 127.0.0.2 and so on can be clients.</summary>
    private static LiveUploader NewUploader() => new(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Proxies:Trusted"] = "127.0.0.1",
        ["Bans:IgnoreIp"] = "127.0.0.1",
    });

    private static async Task<Nginx> Start(LiveUploader uploader, bool byUnixSocket)
    {
        uploader.LaunchWorker();
        if (!byUnixSocket)
        {
            uploader.LaunchWeb();
            await uploader.Ready();
            return await Nginx.Start(uploader.Folder, $"127.0.0.1:{uploader.Port}");
        }

        var socket = Path.Join(uploader.Folder, "web.sock");
        uploader.LaunchWebActivated(socket);
        await uploader.Ready();
        // systemd's SocketMode= and SocketGroup= see to that on a real machine.
        File.SetUnixFileMode(socket, (UnixFileMode)0b110_110_110);
        return await Nginx.Start(uploader.Folder, $"unix:{socket}");
    }

    private static async Task<CurlAnswer> Upload(LiveUploader uploader, Nginx nginx, string from, byte[] content, params string[] headers)
    {
        var file = Path.Join(uploader.Folder, "sent.png");
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        return await Curl.Run(
            ["--interface", from, .. headers.SelectMany(header => (string[])["-H", header]), "-H", "X-API-KEY: " + LiveUploader.Key, "-F", "file=@" + file, Url(nginx)]);
    }

    private static Task<CurlAnswer> Knock(Nginx nginx, string from, string header)
        => Curl.Run("--interface", from, "-H", header, "-H", "X-API-KEY: wrong", "--data", "x", Url(nginx));

    private static string Url(Nginx nginx) => nginx.Address + "api/bcloud/fileuploader/upload";
}
