using System.Globalization;
using System.Text.Json;
using Support;

namespace System.Tests.Machine;

/// <summary>A small /uploads fills and is emptied: what clients, the journal and its reader are told.</summary>
public sealed class FullUploadsTests(FullUploadsTests.SmallMachine installed) : IClassFixture<FullUploadsTests.SmallMachine>
{
    private const int Level = 50;

    /// <summary>40 MiB for uploads, looked at each second.</summary>
    public sealed class SmallMachine : BehindNginx
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Disk:MinFree"] = "1MiB",
            ["Schedule:DiskWatch"] = "1s",
        };

        /// <summary>Mounted before the package comes, which makes its folders there.</summary>
        protected override Task Prepare() => Machine.Must("mkdir /uploads && mount -t tmpfs -o size=40m,mode=0755 tmpfs /uploads");
    }

    [Fact]
    public async Task Warning_critical_507_and_recovery_each_with_an_entry_that_is_found_and_explained()
    {
        // Before it was configured its forerunner found less free than the default demands; that is another story.
        var process = $"{await installed.MainProcess("fileuploader-worker")}";
        var file = installed.FileToSend("a.png", Bytes.Png(1_500_000));
        var stored = new List<Receipt>();
        CurlAnswer answer;
        for (var client = 1; ; client++)
        {
            answer = await installed.Upload($"198.51.100.{client}", file);
            if (answer.Status != 201)
            {
                break;
            }

            stored.Add(Receipt.Of(answer.Body));
            if (stored.Count == 24)
            {
                // 36 of 42 MB: the next look says so, before it gets worse.
                await installed.Event(Level, ("_PID", process), ("UPLOADER_LEVEL", "Warning"));
            }
        }

        Assert.Equal((507, "urn:fileuploader:disk-full"), (answer.Status, answer.Json.GetProperty("type").GetString()));
        Assert.InRange(stored.Count, 26, 27);
        Assert.All(stored, receipt => Assert.True(receipt.IsWholeBelow(installed.Machine.PathOf("/uploads"))));
        Assert.Equal("", await installed.Machine.Must("ls /uploads/.incoming"));
        var critical = await installed.Event(Level, ("_PID", process), ("UPLOADER_LEVEL", "Critical"));

        await installed.Machine.Must("find /uploads -name '*.png' -delete");
        var normal = await installed.Event(Level, ("_PID", process), ("UPLOADER_LEVEL", "Normal"));
        await Until.True(async () => (await installed.Upload("203.0.113.1", file)).Status == 201, TimeSpan.FromSeconds(60), "there is room again");

        Assert.Equal(
            [("Normal", "Warning", "4"), ("Warning", "Critical", "2"), ("Critical", "Normal", "6")],
            (await installed.Events(Level)).Where(entry => InstalledMachine.Field(entry, "_PID") == process)
                .Select(entry => (Field(entry, "FROM"), Field(entry, "LEVEL"), InstalledMachine.Field(entry, "PRIORITY"))));
        foreach (var entry in new[] { critical, normal })
        {
            Assert.Equal(("/uploads", "fileuploader-worker"), (Field(entry, "ROOT"), InstalledMachine.Field(entry, "SYSLOG_IDENTIFIER")));
            Assert.Equal("fileuploader-worker.service", InstalledMachine.Field(entry, "_SYSTEMD_UNIT"));
        }

        Assert.InRange(int.Parse(Field(critical, "PERCENT"), CultureInfo.InvariantCulture), 95, 100);
        var explained = await installed.Machine.Must("journalctl -x --no-pager MESSAGE_ID=8d16149c53f844ca8db6af4c86b8c78e");
        Assert.Contains("Subject: The disk level of /uploads is now Critical", explained, StringComparison.Ordinal);
        Assert.Contains("Remove or move files, enlarge the file system, or raise Disk:MaxBytes.", explained, StringComparison.Ordinal);
    }

    private static string Field(JsonElement entry, string name) => InstalledMachine.Field(entry, "UPLOADER_" + name);
}
