using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Support;

namespace System.Tests.Machine;

/// <summary>What holds on an installed machine behind either web server, client addresses and all; each test has addresses of its own.</summary>
public abstract class BehindWebServerTests(WebServerInFront installed)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    protected WebServerInFront Installed => installed;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Uploads_up_to_50_MiB_arrive_whole_by_either_way_to_the_service(bool byUnixSocket)
    {
        await installed.ReachTheServiceBy(byUnixSocket ? installed.ByUnixSocket : installed.ByTcp);
        var from = byUnixSocket ? "198.51.100.10" : "198.51.100.11";
        (string Name, byte[] Content)[] files =
        [
            .. Bytes.ByExtension.Select((type, i) => ("small." + type.Key, type.Value(5000 + i, i))),
            ("largest.png", Bytes.Png(50 * Bytes.MiB)), ("film.mp4", Bytes.Mp4(50 * Bytes.MiB)),
        ];
        foreach (var (name, content) in files)
        {
            var answer = await installed.Upload(from, installed.FileToSend(name, content));
            Assert.True((answer.ExitCode, answer.Status) == (0, 201), $"{name}: {answer}");
            var receipt = Receipt.Of(answer.Body);
            Assert.Equal((name, content.Length), (receipt.Name, receipt.Size));
            Assert.True(receipt.IsWholeBelow(installed.Machine.PathOf("/uploads")), receipt.Path);
            Assert.Equal("640 fileuploader:www-data", await installed.Machine.Must($"stat -c '%a %U:%G' /uploads/{receipt.Path}"));
            Assert.Equal(from, await installed.Machine.Must($"getfattr --only-values --absolute-names -n user.uploader.from /uploads/{receipt.Path}"));
        }
    }

    [Theory]
    [InlineData(50 * Bytes.MiB + 1, "")]
    [InlineData(50 * Bytes.MiB + 1, "Transfer-Encoding: chunked")]
    [InlineData(60 * Bytes.MiB, "")]
    [InlineData(60 * Bytes.MiB, "Transfer-Encoding: chunked")]
    public async Task More_than_50_MiB_is_refused_with_413_and_the_client_can_read_it(int size, string header)
    {
        var answer = await installed.Upload("198.51.100.12", installed.FileToSend("large.png", Bytes.Png(size)), header.Length > 0 ? ["-H", header] : []);
        Assert.True((answer.ExitCode, answer.Status) == (0, 413), answer.ToString());
    }

    [Fact]
    public async Task The_service_says_429_to_whoever_is_faster_than_its_limit()
    {
        // For nginx, which counts each address alone, these are forty clients of one request; for the service they are one, a /64.
        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(async i =>
        {
            using var client = NewClient($"2001:db8:c:10::{i:x}");
            return await Send(client);
        }));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Report(answers.Select(answer => answer.Status));
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Contains("Slow down and send the request again.", answer.Body, StringComparison.Ordinal));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task Scripts_below_uploads_are_neither_run_nor_shown()
    {
        var day = Path.GetDirectoryName((await Stored("198.51.100.13")).Path);
        string[] names =
        [
            "x.php", "x.py", "x.sh", "x.pl", "x.cgi", "x.PHP", "x.phtml", "x.phar", "x.html", "x.svg", "x.js", "x.exe", ".htaccess", "x", "x.php.png", "x.png.php",
        ];
        foreach (var name in names)
        {
            installed.Machine.Write($"/uploads/{day}/{name}", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nexecuted'\n", 0b111_101_101);
            var answer = await installed.Ask("198.51.100.13", $"/uploads/{day}/{name}");
            Assert.True(answer.Status is 403 or 404, $"{name}: {answer}");
            Assert.DoesNotContain("executed", answer.Body, StringComparison.Ordinal);
        }

        Assert.InRange((await installed.Ask("198.51.100.13", $"/uploads/{day}/")).Status, 403, 404);
        Assert.InRange((await installed.Ask("198.51.100.13", "/uploads/.incoming/")).Status, 403, 404);
    }

    [Theory]
    [InlineData("jpg", "image/jpeg")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("png", "image/png")]
    [InlineData("pdf", "application/pdf")]
    [InlineData("mp4", "video/mp4")]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    public async Task What_was_uploaded_is_served_for_saving_only(string extension, string type)
    {
        var receipt = await Stored("198.51.100.14", "a." + extension, Bytes.ByExtension[extension](5000, 1));
        var answer = await installed.Ask("198.51.100.14", "/uploads/" + receipt.Path);
        Assert.Equal((200, type, "5000"), (answer.Status, answer.Header("Content-Type"), answer.Header("Content-Length")));
        Assert.Equal(("nosniff", "attachment"), (answer.Header("X-Content-Type-Options"), answer.Header("Content-Disposition")));
    }

    [Theory]
    [InlineData("198.51.100.20", "203.0.113.20", true)]
    [InlineData("198.51.100.21", "203.0.113.21", false)]
    [InlineData("2001:db8:c:21::1", "203.0.113.22", true)]
    public async Task Who_keeps_failing_is_banned_by_the_address_he_comes_from_and_nobody_by_a_header(string guesser, string other, bool byUnixSocket)
    {
        await installed.ReachTheServiceBy(byUnixSocket ? installed.ByUnixSocket : installed.ByTcp);
        string[] claims =
        [
            "-H", $"X-Forwarded-For: {other}", "-H", $"X-Forwarded-For: {other}, 127.0.0.1", "-H", $"Forwarded: for={other}", "-H", $"X-Real-IP: {other}",
        ];
        CurlAnswer? last = null;
        await Until.True(
            async () =>
            {
                last = await installed.Ask(guesser, InstalledMachine.UploadPath, [.. claims, "-H", "X-API-KEY: guess", "--data", "x"]);
                Assert.True(last.Status is 401 or 403 or 429, last.ToString());
                return last.Status == 403;
            },
            Limit,
            $"{guesser} is banned");
        var answer = last!;
        Assert.Equal("urn:fileuploader:banned", answer.Json.GetProperty("type").GetString());
        Assert.InRange(int.Parse(answer.Header("Retry-After"), CultureInfo.InvariantCulture), 500, 600);
        var banned = guesser.Contains(':', StringComparison.Ordinal) ? "2001:db8:c:21::/64" : guesser;
        await installed.Event(30, ("UPLOADER_CLIENT", banned), ("UPLOADER_JAIL", "auth"));
        await installed.Event(12, ("UPLOADER_CLIENT", guesser));

        // A right key and another claim help him no more, and whom he named knows nothing of it.
        var again = await installed.Upload(guesser, installed.FileToSend("a.png", Bytes.Png()), "-H", "X-Forwarded-For: 203.0.113.99");
        Assert.Equal(403, again.Status);
        var receipt = await Stored(other);
        Assert.Equal(other, await installed.Machine.Must($"getfattr --only-values --absolute-names -n user.uploader.from /uploads/{receipt.Path}"));
        await installed.Event(10, ("UPLOADER_CLIENT", other), ("UPLOADER_ID", receipt.Id));
        Assert.DoesNotContain(await installed.Events(30), entry => InstalledMachine.Field(entry, "UPLOADER_CLIENT") == other);
        Assert.DoesNotContain(await installed.Events(12), entry => InstalledMachine.Field(entry, "UPLOADER_CLIENT") == other);
        await Until.True(
            () => installed.Machine.Read(installed.AccessLog).Split('\n').Any(line => line.Split(' ').Take(2).Contains(guesser)), Limit, "the web server's log names him too");
    }

    /// <summary>An upload that must succeed; a burst of other tests' requests is none of its business, its address is.</summary>
    private protected async Task<Receipt> Stored(string from, string name = "a.png", byte[]? content = null)
    {
        var answer = await installed.Upload(from, installed.FileToSend(name, content ?? Bytes.Png()));
        Assert.True(answer.Status == 201, answer.ToString());
        return Receipt.Of(answer.Body);
    }

    private protected HttpClient NewClient(string from)
    {
        var client = installed.Machine.NewClient(from);
        client.BaseAddress = new Uri($"https://{InstalledMachine.Host}");
        client.DefaultRequestHeaders.Add("X-API-KEY", installed.Key);
        return client;
    }

    private protected static async Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)> Send(HttpClient client)
    {
        using var form = LiveUploader.Form("a.png", Bytes.Png());
        using var answer = await client.PostAsync(new Uri(InstalledMachine.UploadPath, UriKind.Relative), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    private protected static void Report(IEnumerable<HttpStatusCode> statuses) => TestContext.Current.TestOutputHelper?.WriteLine(
        string.Join(", ", statuses.CountBy(status => (int)status).Select(count => $"{count.Value} × {count.Key}")));
}
