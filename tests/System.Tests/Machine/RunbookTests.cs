using System.Reflection;
using Support;
using Support.Machine;

namespace System.Tests.Machine;

/// <summary>
/// What docs/operations.md tells an operator to do, done on a machine in the state that the section is about: a test for each section that has commands,
/// by its name. They are run as they stand there, by a shell that ends at the first command that fails.
/// </summary>
public sealed class RunbookTests(BehindNginx installed) : IClassFixture<BehindNginx>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private DebianMachine Machine => installed.Machine;

    [Fact]
    public void Every_section_with_commands_has_its_test()
    {
        Assert.NotEmpty(Runbook.Sections);
        Assert.All(Runbook.Sections.Keys, section => Assert.NotNull(typeof(RunbookTests).GetMethod(section)?.GetCustomAttribute<FactAttribute>()));
    }

    [Fact]
    public async Task Every_day()
    {
        var commands = Runbook.Blocks(2);
        // One to which nothing has happened yet, which is not so of the others' machine.
        await using var well = new BehindNginx();
        await well.InitializeAsync();
        await Examined.OnceWell(well.Machine, "the package was installed");
        // Its key is in force at once, but told at the web process's next look.
        await Until.True(async () => (await well.Machine.Run("uploaderctl", "status")).ExitCode == 0, Limit, "the status knows of the key");
        var everything = await well.Machine.Must(commands[0]);
        Assert.StartsWith("Nothing needs attention.\n", everything, StringComparison.Ordinal);
        Assert.Contains("not-root", everything, StringComparison.Ordinal);
        Assert.Contains(" fileuploader-web[", everything, StringComparison.Ordinal);
        Assert.Contains(" fileuploader-worker[", everything, StringComparison.Ordinal);

        Assert.Equal(201, (await well.Upload("198.51.100.1", well.FileToSend("a.png", Bytes.Png()))).Status);
        await well.Configure(new Dictionary<string, string>(StringComparer.Ordinal) { ["Disk:MaxBytes"] = "1" });
        await well.Event(50, ("UPLOADER_LEVEL", "Critical"));
        var explained = await well.Machine.Must(commands[1]);
        Assert.Contains("Subject: The disk level of /uploads is now Critical", explained, StringComparison.Ordinal);
        Assert.Contains("Remove or move files", explained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_disk_is_full()
    {
        var commands = Runbook.Blocks(2);
        var (old, young) = (await Stored("198.51.100.2", 500_000), await Stored("198.51.100.2", 300_000));
        await Machine.Must($"touch -d '400 days ago' /uploads/{old.Path}");
        await installed.Configure(new Dictionary<string, string>(StringComparer.Ordinal) { ["Disk:MaxBytes"] = "1MiB" });
        await Until.True(async () => (await Upload("198.51.100.2", 300_000)).Status == 507, Limit, "the disk is full");

        Assert.Contains("tests ", await Machine.Must(commands[0]), StringComparison.Ordinal);
        Assert.Equal($"/uploads/{old.Path}", await Machine.Must(commands[1]));
        Assert.True(young.IsWholeBelow(Machine.PathOf("/uploads")));
        await Until.True(async () => (await Upload("198.51.100.2", 300_000)).Status == 201, Limit, "the disk watch has found the room");
        await AsShipped();
    }

    [Fact]
    public async Task Somebody_is_banned_who_should_not_be()
    {
        const string Client = "198.51.100.7";
        var commands = Assert.Single(Runbook.Blocks(1));
        await IsBanned(Client);

        var said = await Machine.Must(commands);
        Assert.Contains($"{Client} is banned until", said, StringComparison.Ordinal);
        Assert.Contains("in jail auth", said, StringComparison.Ordinal);
        Assert.Contains("bad-key", said, StringComparison.Ordinal);
        await Until.True(async () => (await Upload(Client)).Status == 201, Limit, "he is served again");
        // From zero: one more failure is only one.
        Assert.Equal(401, (await Ask(Client, "a guess")).Status);
        Assert.Equal(201, (await Upload(Client)).Status);
    }

    [Fact]
    public async Task A_key_is_lost_or_known_to_somebody_else()
    {
        const string Client = "198.51.100.8";
        var commands = Runbook.Blocks(3);
        var lost = await Machine.Must("uploaderctl keys new mobile 2>/dev/null");
        await Takes(lost);

        var rotated = await Machine.Must(commands[0]);
        var successor = rotated.Split('\n')[0];
        Assert.Equal(2, rotated.Split('\n').Count(line => line.StartsWith("mobile ", StringComparison.Ordinal)));
        await Takes(successor);
        await Takes(lost);

        var ended = await Machine.Must(commands[1]);
        var last = ended.Split('\n')[0];
        Assert.Contains("a.png", ended, StringComparison.Ordinal);
        await Takes(last);
        await Refuses(successor);
        await Refuses(lost);

        await Machine.Must(commands[2]);
        await Refuses(last);
        Assert.Equal(201, (await Upload(Client)).Status);

        Task Takes(string key) => Until.True(async () => (await Ask(Client, key)).Status == 201, Limit, "the key is in force");
        Task Refuses(string key) => Until.True(async () => (await Ask("203.0.113.8", key)).Status == 401, Limit, "the key is not in force");
    }

    [Fact]
    public async Task The_ledger_is_corrupt()
    {
        const string Client = "198.51.100.9";
        var commands = Assert.Single(Runbook.Blocks(1));
        await IsBanned(Client);
        await Machine.Must("head -c 100000 /dev/urandom >/var/lib/fileuploader/ledger.db");
        var aside = InstalledMachine.Field(await installed.Event(40), "UPLOADER_PATH");
        await installed.Event(46);

        var said = await Machine.Must(commands);
        Assert.Contains("Subject: The ledger was unreadable and has been moved aside", said, StringComparison.Ordinal);
        Assert.Contains(said.Split('\n'), line => line.StartsWith("-rw-", StringComparison.Ordinal) && line.EndsWith(' ' + Path.GetFileName(aside), StringComparison.Ordinal));
        await Machine.Must("systemctl is-active fileuploader-web fileuploader-worker");
        await Stored("198.51.100.10");
        // From the new file, not from memory.
        await Machine.Must("systemctl restart fileuploader-web fileuploader-worker");
        await Until.True(async () => (await Upload(Client)).Status == 403, Limit, "the ban is back");
    }

    [Fact]
    public async Task Moving_uploads_to_another_disk()
    {
        var commands = Assert.Single(Runbook.Blocks(1));
        var before = await Stored("198.51.100.11");
        await Machine.Must("mkdir /srv/disk && mount -t tmpfs tmpfs /srv/disk");

        Assert.Contains(" 0 problems.", await Machine.Must(commands), StringComparison.Ordinal);
        Assert.Equal("tmpfs noexec,nosuid,nodev", await Machine.Must("findmnt -no FSTYPE,OPTIONS /uploads | sed -E 's/ +.*(nosuid),(nodev),(noexec).*/ \\3,\\1,\\2/'"));
        var after = await Stored("198.51.100.11");
        foreach (var receipt in (Receipt[])[before, after])
        {
            Assert.True(receipt.IsWholeBelow(Machine.PathOf("/srv/disk/uploads")));
            Assert.Equal("640 fileuploader:www-data", await Machine.Must($"stat -c '%a %U:%G' /srv/disk/uploads/{receipt.Path}"));
            Assert.Equal(200, (await installed.Ask("198.51.100.11", "/uploads/" + receipt.Path)).Status);
        }

        // What the section says lies hidden below the mount. And in place of a disk that a reboot would empty, one that it does not.
        await Machine.Must("umount /uploads && cp -a /srv/disk /srv/kept && umount /srv/disk && cp -aT /srv/kept /srv/disk");
        Assert.True(before.IsWholeBelow(Machine.PathOf("/uploads")));
        Assert.False(File.Exists(installed.Stored(after)));
        await Machine.Reboot();
        Assert.Equal("running", await Machine.Must("systemctl is-system-running"));
        Assert.True(after.IsWholeBelow(Machine.PathOf("/uploads")));
        Assert.True((await Stored("198.51.100.11")).IsWholeBelow(Machine.PathOf("/srv/disk/uploads")));
    }

    [Fact]
    public async Task Backup_and_restoring()
    {
        const string Client = "198.51.100.12";
        var commands = Runbook.Blocks(2);
        var receipt = await Stored("198.51.100.13");
        await IsBanned(Client);
        Machine.Write("/etc/fileuploader/environment", "UPLOADER_Limits__MaxFileSize=1MiB\n");
        await Machine.Must(commands[0]);
        await AsShipped();
        Assert.Equal("700 root", await Machine.Must("stat -c '%a %U' /var/backups/uploader"));

        await using var other = new NewHost();
        await other.InitializeAsync();
        foreach (var file in Directory.EnumerateFiles(Machine.PathOf("/var/backups/uploader")))
        {
            other.Machine.Copy(file, $"/var/backups/uploader/{Path.GetFileName(file)}");
        }

        var said = await other.Machine.Must(commands[1]);
        Assert.Contains(" 0 problems.", said, StringComparison.Ordinal);
        Assert.NotEqual(await Machine.Must("id -u fileuploader"), await other.Machine.Must("id -u fileuploader"));
        Assert.True(receipt.IsWholeBelow(other.Machine.PathOf("/uploads")));
        Assert.Equal("640 fileuploader:www-data", await other.Machine.Must($"stat -c '%a %U:%G' /uploads/{receipt.Path}"));
        Assert.Equal(200, (await other.Ask("198.51.100.13", "/uploads/" + receipt.Path)).Status);
        // Its keys, its bans, its configuration.
        var key = "X-API-KEY: " + installed.Key;
        Assert.Equal(201, (await other.Ask("198.51.100.13", InstalledMachine.UploadPath, "-H", key, "-F", "file=@" + other.FileToSend("a.png", Bytes.Png()))).Status);
        Assert.Equal(413, (await other.Ask("198.51.100.13", InstalledMachine.UploadPath, "-H", key, "-F", "file=@" + other.FileToSend("b.png", Bytes.Png(2 * Bytes.MiB)))).Status);
        Assert.Equal(403, (await other.Ask(Client, InstalledMachine.UploadPath, "-H", key, "-F", "file=@" + other.FileToSend("a.png", Bytes.Png()))).Status);
    }

    [Fact]
    public async Task Scanning_uploads_for_viruses()
    {
        const string Client = "198.51.100.14";
        const string ClamdStops = "systemctl stop clamav-daemon.socket clamav-daemon.service";
        var commands = Runbook.Blocks(3);
        // What freshclam fetches elsewhere: a signature to know, and the names that clamd's units wait for.
        Machine.Write("/var/lib/clamav/ours.ndb", ClamdServer.Signature);
        await Machine.Must("touch /var/lib/clamav/main.inc /var/lib/clamav/daily.inc");

        await Machine.Must(commands[0]);
        await Until.True(async () => (await Machine.Must(commands[1])).Contains("\"scanner\":\"up\"", StringComparison.Ordinal), Limit, "it is ready");
        await Scans();
        await DoctorSays("pass", "here and to the web process");

        // As the socket would be with its own group, which is not the service's.
        await Machine.Must(commands[2].Replace("SocketGroup=fileuploader", "SocketGroup=clamav", StringComparison.Ordinal));
        await IsAway();
        await DoctorSays("fail", "answers here and not the web process (/run/clamav/clamd.ctl: Permission denied)");
        await Machine.Must(commands[2]);
        await Until.True(IsReady, Limit, "the scanner is back");
        await Scans();
        Assert.Equal("660 clamav:fileuploader", await Machine.Must("stat -c '%a %U:%G' /run/clamav/clamd.ctl"));

        await Machine.Must(ClamdStops);
        await IsAway();
        var broken = await DoctorSays("fail", "clamd does not answer (/run/clamav/clamd.ctl: ");
        await Until.True(
            async () => (await Machine.Run("uploaderctl", "status")).Output.Contains("* the virus scanner does not answer (/run/clamav/clamd.ctl: ", StringComparison.Ordinal), Limit, "the status knows of it");
        await Machine.Must(broken.Mend);
        await Until.True(IsReady, Limit, "the scanner is back");
        await Scans();
        await installed.Event(19);

        Machine.Write("/etc/fileuploader/environment", "UPLOADER_Inspection__Clamd=127.0.0.1:3310\n");
        await Machine.Must("systemctl restart fileuploader-web");
        await IsAway();
        await DoctorSays("fail", "fileuploader-web.service has no network");
        await Machine.Must($"systemctl disable clamav-daemon.socket clamav-daemon.service && {ClamdStops}");
        await AsShipped();

        async Task Scans()
        {
            await Stored(Client);
            var answer = await installed.Upload(Client, installed.FileToSend("infected.png", Bytes.PngHolding(ClamdServer.Eicar)));
            Assert.Equal((400, "urn:fileuploader:infected"), (answer.Status, answer.Json.GetProperty("type").GetString()));
        }

        async Task IsAway()
        {
            var answer = await Upload(Client);
            Assert.Equal((503, "urn:fileuploader:scanner-unavailable", "30"), (answer.Status, answer.Json.GetProperty("type").GetString(), answer.Header("Retry-After")));
            await Until.True(async () => !await IsReady(), Limit, "it is not ready");
            await installed.Event(18, ("PRIORITY", "2"));
        }

        async Task<bool> IsReady() => (await Machine.Shell(commands[1])).ExitCode == 0;

        // A moment ago it may have been otherwise: the web process tells each few seconds what it found.
        async Task<ExaminedLine> DoctorSays(string verdict, string finding)
        {
            ExaminedLine? line = null;
            await Until.True(
                async () => (line = (await Examined.Of(Machine, "--no-send")).Lines["virus-scanner"]).Verdict == verdict && line.Finding.Contains(finding, StringComparison.Ordinal), Limit, $"the doctor says {finding}");
            return line!;
        }
    }

    /// <summary>Where the accounts have other numbers.</summary>
    private sealed class NewHost : BehindNginx
    {
        protected override Task Prepare() => Machine.Must("useradd --system somebody");
    }

    private async Task<Receipt> Stored(string from, int size = 100)
    {
        var answer = await Upload(from, size);
        Assert.True(answer.Status == 201, answer.ToString());
        return Receipt.Of(answer.Body);
    }

    private Task<CurlAnswer> Upload(string from, int size = 100) => installed.Upload(from, installed.FileToSend("a.png", Bytes.Png(size)));

    private Task<CurlAnswer> Ask(string from, string key)
        => installed.Ask(from, InstalledMachine.UploadPath, "-H", "X-API-KEY: " + key, "-F", "file=@" + installed.FileToSend("a.png", Bytes.Png()));

    private Task IsBanned(string client) => Until.True(async () => (await Ask(client, "a guess")).Status == 403, Limit, $"{client} is banned");

    /// <summary>The configuration as it came.</summary>
    private async Task AsShipped() => await Machine.Must("rm /etc/fileuploader/environment && systemctl restart fileuploader-web fileuploader-worker");
}
