using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Shared.Tests.Journal;
using Support;

namespace System.Tests.Live;

/// <summary>File names that try to be something else in the log, through the whole service.</summary>
public sealed class HostileNameTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>As they stand in Content-Disposition; each ends in .png, so that its content is stored under a name of ours.</summary>
    private static readonly string[] Dispositions =
    [
        "filename=\"../../x.png\"",
        "filename=\"a.php.png\"",
        "filename=\"/etc/cron.d/x.png\"",
        "filename=\"<0>MESSAGE=root logged in.png\"",
        "filename=\"\u202egnp.exe.png\"",
        $"filename=\"{new string('n', 4_000)}.png\"",
        "filename*=UTF-8''x%0A12:00:00.000%20critical%20forged%0APRIORITY=0%0A.png",
        "filename*=UTF-8''x%00y.png",
        "filename*=UTF-8''%1B%5B2J.png",
        "filename*=UTF-8''..%2F..%2Fx.png",
    ];

    [Fact]
    public async Task On_the_console_each_is_one_line()
    {
        await using var uploader = await LiveUploader.Start();
        var stored = await SendAll(uploader);
        await Until.True(() => LinesOf(uploader).Count(IsStored) == stored, Limit, "every upload has its line");
        Assert.All(LinesOf(uploader), line =>
        {
            Assert.Matches("^[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} (info|warning|error|critical) ", line);
            Assert.DoesNotContain(line, c => char.IsControl(c) || c == '\u202e');
        });
        Assert.DoesNotContain(LinesOf(uploader), line => line[13..].StartsWith("critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_real_journal_each_is_one_entry_with_no_field_of_its_own()
    {
        await using var journald = await Journald.Start();
        await using var uploader = new LiveUploader(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Log"] = "Journal" });
        uploader.LaunchWorker();
        // In a mount namespace where the journal's socket is this journald's.
        uploader.LaunchWeb(
            "unshare", "--mount", "--propagation", "private", "sh", "-c",
            "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal && mount --bind \"$0\" /run/systemd/journal && exec \"$@\"", Path.GetDirectoryName(journald.SocketPath)!);
        await uploader.Ready();

        var stored = await SendAll(uploader);
        IReadOnlyList<ReceivedEntry> entries = [];
        await Until.True(
            async () => (entries = [.. (await journald.Entries("fileuploader-web", 1)).Where(entry => IsStored(entry["MESSAGE"]))]).Count == stored, Limit, "every upload has its entry");
        Assert.All(entries, entry =>
        {
            Assert.Equal("6", entry["PRIORITY"]);
            Assert.Equal(entries[0].OwnNames, entry.OwnNames);
            Assert.Equal("fileuploader-web", entry["SYSLOG_IDENTIFIER"]);
            Assert.DoesNotContain(entry["MESSAGE"], c => char.IsControl(c) || c == '\u202e');
        });
    }

    /// <summary>How many were stored; the rest were refused. Either way nothing but a stored name of ours is on the disk.</summary>
    private static async Task<int> SendAll(LiveUploader uploader)
    {
        using var client = uploader.NewClient();
        var stored = 0;
        foreach (var disposition in Dispositions)
        {
            byte[] body =
            [
                .. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"file\"; {disposition}\r\n\r\n"), .. Bytes.Png(), .. "\r\n--b--\r\n"u8,
            ];
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            using var answer = await client.PostAsync(uploader.UploadAddress, content, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.BadRequest, $"{answer.StatusCode}: {disposition}");
            stored += answer.StatusCode == HttpStatusCode.Created ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{stored} of {Dispositions.Length} stored");
        Assert.True(stored >= 6, $"only {stored} were stored: this would prove little");
        Assert.All(uploader.StoredFiles(), file => Assert.Matches("^[a-z0-9]{26}\\.png$", Path.GetFileName(file)));
        Assert.Equal(stored, uploader.StoredFiles().Count());
        return stored;
    }

    private static bool IsStored(string line) => line.Contains("Stored ", StringComparison.Ordinal) && line.Contains("for key tests from", StringComparison.Ordinal);

    private static string[] LinesOf(LiveUploader uploader) => uploader.Web!.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
