using Uploader.Ctl.Doctor;
using Uploader.Ctl.Doctor.Checks;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Storage;

namespace Ctl.Tests.Doctor;

/// <summary>From what was seen on the host to a verdict, row by row.</summary>
public sealed class HostVerdictTests
{
    private const uint User = 990;
    private const uint Group = 990;
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    [Theory]
    [InlineData("990\t990\t990\t990", "pass")]
    [InlineData("0\t0\t0\t0", "fail")]
    [InlineData("990\t990\t0\t990", "fail")] // Could become root again.
    [InlineData("33\t33\t33\t33", "fail")]
    public void Every_user_of_a_process_is_the_service_s(string users, string verdict)
    {
        var process = ProcessStatus.Parse(7, $"Name:\tx\nUid:\t{users}\nGid:\t33\t33\t33\t33\n");
        var diagnosis = NotRoot.Judge(Unit.Web, process, User);
        IsRated(verdict, diagnosis);
        if (verdict == "fail")
            Assert.Equal($"systemctl revert {Unit.Web} && systemctl restart {Unit.Web}", diagnosis.Mend);
    }

    [Fact]
    public void A_process_that_does_not_run_is_no_pass() => IsRated("fail", NotRoot.Judge(Unit.Web, process: null, User));

    [Theory]
    [InlineData("/srv/fileuploader/web/Uploader.Web", null, "pass", null)]
    [InlineData("/root/production/fileuploader.pyz", null, "fail", "systemctl revert")]
    [InlineData("/home/me/Uploader.Web", null, "fail", "systemctl revert")]
    [InlineData("/rooted/Uploader.Web", null, "pass", null)]
    [InlineData("/srv/fileuploader/web/Uploader.Web", "/srv/fileuploader/web", "fail", "chown -R root:root /srv/fileuploader && chmod -R go-w /srv/fileuploader")]
    [InlineData("/srv/fileuploader/web/Uploader.Web", "/srv", "fail", "chown -h root:root /srv && chmod go-w /srv")]
    public void Code_is_nobody_s_but_root_s(string program, string? writable, string verdict, string? mend)
    {
        var diagnosis = CodePlace.Judge([program], writable is null ? [] : [writable], "fileuploader");
        IsRated(verdict, diagnosis);
        Assert.StartsWith(mend ?? "", diagnosis.Mend ?? "");
    }

    [Theory]
    [InlineData("rw,nosuid,nodev,noexec", "/uploads", "pass")]
    [InlineData("rw,relatime", "/uploads", "warn")]
    [InlineData("rw,nosuid,nodev", "/uploads", "warn")]
    [InlineData("rw,relatime", "/", "warn")]
    [InlineData("rw,noexec,nosuid,nodev", "/srv", "pass")]
    public void Uploads_are_better_mounted_without_execution(string options, string point, string verdict)
    {
        var diagnosis = UploadsMount.Judge("/uploads", new Mount(point, "ext4", [.. options.Split(',')]));
        IsRated(verdict, diagnosis);
        if (verdict == "warn")
            Assert.Contains(point == "/uploads" ? "mount -o remount,noexec,nosuid,nodev /uploads" : ">>/etc/fstab", diagnosis.Mend);
    }

    [Theory]
    [InlineData("/uploads", "/")]
    [InlineData("/var/lib/x", "/var/lib")]
    [InlineData("/var/library", "/")]
    [InlineData("/with space/x", "/with space")]
    [InlineData("/var/lib", "/var/lib")]
    public void A_path_lies_on_the_deepest_mount_above_it(string path, string point)
    {
        const string Table = """
            1 0 8:1 / / rw - ext4 /dev/sda1 rw
            2 1 8:2 / /var/lib rw,noexec shared:1 master:2 - xfs /dev/sda2 rw
            3 1 0:5 / /with\040space rw - tmpfs tmpfs rw
            """;
        Assert.Equal(point, Mount.Find(path, Table)?.Point);
    }

    [Theory]
    [InlineData(50, 100L << 30, "pass")]
    [InlineData(85, 100L << 30, "warn")]
    [InlineData(96, 100L << 30, "fail")]
    [InlineData(10, 1L << 29, "fail")]
    [InlineData(10, 3L << 29, "warn")]
    public void Little_room_is_told_before_there_is_none(int percent, long free, string verdict)
    {
        var thresholds = new DiskThresholds(MaxBytes: 1000L << 30, MinFree: 1L << 30, 80, 95);
        IsRated(verdict, DiskHeadroom.Judge(thresholds, new DiskSample((long)percent * (10L << 30), new FileSystemSpace(free, 0)), "/uploads"));
    }

    [Theory]
    [InlineData("active", "loaded", "pass", null)]
    [InlineData("failed", "loaded", "fail", "systemctl start")]
    [InlineData("inactive", "masked", "fail", "systemctl unmask")]
    [InlineData("inactive", "not-found", "fail", "apt-get install")]
    public void A_unit_is_up_or_how_to_get_it_up_is_told(string active, string load, string verdict, string? mend)
    {
        var diagnosis = WorkerAlive.Judge([Unit.Parse(Unit.Worker, $"LoadState={load}\nActiveState={active}\nSubState=dead\n")]);
        IsRated(verdict, diagnosis);
        Assert.Contains(mend ?? "", diagnosis.Mend ?? "");
    }

    [Theory]
    [InlineData(User, "0600", "pass")]
    [InlineData(User, "0640", "pass")]
    [InlineData(0u, "0600", "fail")]
    [InlineData(User, "0666", "fail")]
    [InlineData(User, "0604", "fail")]
    [InlineData(User, "0620", "fail")]
    public void The_ledger_is_the_service_s_alone(uint owner, string mode, string verdict) =>
        IsRated(verdict, LedgerModes.Judge("/var/lib/fileuploader/ledger.db", FileKind.Regular, Of(owner, Group, mode), User));

    [Theory]
    [InlineData(0u, Group, "0640", "pass")]
    [InlineData(0u, Group, "0440", "pass")]
    [InlineData(0u, Group, "0644", "fail")]
    [InlineData(User, Group, "0640", "fail")]
    [InlineData(0u, Group, "0660", "fail")]
    [InlineData(0u, 0u, "0640", "fail")] // The service could not read it.
    [InlineData(0u, Group, "0600", "fail")]
    public void Keys_are_root_s_to_write_and_the_service_s_to_read(uint owner, uint group, string mode, string verdict)
    {
        var diagnosis = KeyFileModes.Judge("/etc/fileuploader/keys", isSecret: true, FileKind.Regular, Of(owner, group, mode), Group, "fileuploader");
        IsRated(verdict, diagnosis);
        if (verdict == "fail")
            Assert.Equal("chown root:fileuploader /etc/fileuploader/keys && chmod 0640 /etc/fileuploader/keys", diagnosis.Mend);
    }

    [Theory]
    [InlineData(0u, 0u, "0644", "pass")]
    [InlineData(0u, Group, "0640", "pass")]
    [InlineData(0u, 0u, "0640", "fail")]
    [InlineData(0u, 0u, "0646", "fail")]
    [InlineData(User, Group, "0644", "fail")]
    public void The_configuration_holds_no_secret_and_is_root_s_to_write(uint owner, uint group, string mode, string verdict) =>
        IsRated(verdict, KeyFileModes.Judge("/etc/fileuploader/fileuploader.json", isSecret: false, FileKind.Regular, Of(owner, group, mode), Group, "fileuploader"));

    [Theory]
    [InlineData("127.0.0.1:2424", "pass")]
    [InlineData("[::1]:2424", "pass")]
    [InlineData("0.0.0.0:2424", "fail")]
    [InlineData("[::]:2424", "fail")]
    [InlineData("192.168.1.5:2424", "fail")]
    public void Only_loopback_is_listened_on(string listen, string verdict) => IsRated(verdict, Sockets.JudgeAddress(listen));

    [Theory]
    [InlineData(0u, 33u, "0660", "pass")]
    [InlineData(0u, 33u, "0666", "fail")]
    [InlineData(0u, 100u, "0660", "fail")]
    [InlineData(User, 33u, "0660", "fail")]
    public void The_unix_socket_is_for_the_web_server_s_group(uint owner, uint group, string mode, string verdict) =>
        IsRated(verdict, Sockets.JudgeSocket("/run/fileuploader/web.sock", FileKind.Socket, Of(owner, group, mode), 33));

    [Theory]
    [InlineData(0UL, 0UL, 1, 2, "pass")]
    [InlineData(0UL, 1UL << 21, 1, 2, "fail")]
    [InlineData(1UL, 1UL, 1, 2, "fail")]
    [InlineData(0UL, 0UL, 0, 2, "fail")]
    [InlineData(0UL, 0UL, 1, 0, "fail")]
    public void The_kernel_says_what_a_process_may(ulong effective, ulong bounding, int noNewPrivileges, int seccomp, string verdict)
    {
        var status = ProcessStatus.Parse(7, $"Uid:\t990\t990\t990\t990\nCapEff:\t{effective:x16}\nCapBnd:\t{bounding:x16}\nNoNewPrivs:\t{noNewPrivileges}\nSeccomp:\t{seccomp}\n");
        IsRated(verdict, SandboxInForce.Judge(Unit.Web, status, most: 0));
    }

    [Theory]
    [InlineData("yes", 0, "pass")]
    [InlineData("no", 0, "warn")]
    [InlineData(null, 0, "warn")]
    [InlineData("yes", 2, "warn")]
    public void A_clock_that_is_not_sure_is_a_warning(string? synchronised, int steps, string verdict) => IsRated(verdict, Clock.Judge(synchronised, steps));

    [Theory]
    [InlineData(true, 5, 9, "pass")]
    [InlineData(false, null, null, "fail")]
    [InlineData(true, null, 9, "fail")]
    [InlineData(true, 5, null, "fail")]
    public void Both_processes_are_heard_of_in_the_journal(bool hasSocket, int? web, int? worker, string verdict) =>
        IsRated(verdict, JournalReachable.Judge(hasSocket, Ago(web), Ago(worker), Now));

    [Theory]
    [InlineData(0, "pass")]
    [InlineData(Errno.NotSupported, "fail")]
    [InlineData(Errno.NoSpace, "fail")]
    public void A_file_system_without_attributes_fails(int errno, string verdict) => IsRated(verdict, Attributes.Judge("/uploads", errno));

    [Fact]
    public void A_ledger_that_was_put_aside_is_a_warning()
    {
        IsRated("pass", LedgerReadable.Judge(12, []));
        var diagnosis = LedgerReadable.Judge(12, ["/var/lib/fileuploader/ledger.db.corrupt-20260309T140533Z"]);
        IsRated("warn", diagnosis);
        Assert.StartsWith("mv /var/lib/fileuploader/ledger.db.corrupt-20260309T140533Z /root/", diagnosis.Mend);
    }

    [Fact]
    public void Every_mistake_of_the_configuration_is_named()
    {
        IsRated("pass", Configuration.Judge([], "/nowhere"));
        var diagnosis = Configuration.Judge([new("Limits:Burst", "0", "must be 1 at least"), new("Storage:Group", "x", "there is no such group")], "/nowhere");
        IsRated("fail", diagnosis);
        Assert.Contains("Limits:Burst", diagnosis.Finding);
        Assert.Contains("Storage:Group", diagnosis.Finding);
    }

    [Theory]
    [InlineData("API_KEY", "supersecretkey123", true)]
    [InlineData("API_KEY", "", false)]
    [InlineData("UPLOADER_Some__Secret", "x", true)]
    [InlineData("UPLOADER_Auth__KeyFile", "/etc/fileuploader/keys", false)]
    [InlineData("PATH", "/usr/bin", false)]
    [InlineData("ANYTHING", "fu_0123456789012345678901234567890123456789012", true)]
    [InlineData("ANYTHING", "fu_short", false)]
    public void A_secret_in_an_environment_is_found_by_name_or_form_and_never_shown(string name, string value, bool isSecret)
    {
        var diagnosis = NoKeyInEnvironment.Judge([new("/etc/fileuploader/environment", NoKeyInEnvironment.Kind.File, Unit.Web, [new(name, value)])]);
        IsRated(isSecret ? "fail" : "pass", diagnosis);
        if (isSecret)
        {
            Assert.DoesNotContain(value, diagnosis.Finding + diagnosis.Mend);
            Assert.StartsWith($"sed -i '/^[[:space:]]*{name}[[:space:]]*=/d' /etc/fileuploader/environment && systemctl restart", diagnosis.Mend);
        }
    }

    [Theory]
    [InlineData("Environment=API_KEY=abc OTHER=1", "API_KEY")]
    [InlineData("Environment=\"API_KEY=abc\"", "API_KEY")]
    [InlineData("ExecStart=/srv/x --key fu_0123456789012345678901234567890123456789012", "ExecStart")]
    public void In_a_unit_too(string line, string found)
    {
        var variables = NoKeyInEnvironment.InUnit("/etc/systemd/system/x.d/y.conf", "[Service]\n" + line);
        var diagnosis = NoKeyInEnvironment.Judge([new("/etc/systemd/system/x.d/y.conf", NoKeyInEnvironment.Kind.Unit, Unit.Web, [.. variables])]);
        IsRated("fail", diagnosis);
        Assert.Contains(found, diagnosis.Finding);
    }

    [Theory]
    [InlineData("/plain/path-1.txt", "/plain/path-1.txt")]
    [InlineData("/with space", "'/with space'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("", "''")]
    public void Paths_in_commands_are_words_to_a_shell(string path, string word) => Assert.Equal(word, Shell.Quote(path));

    [Fact]
    public void The_worst_of_several_counts_and_every_mend_is_told()
    {
        var diagnosis = Diagnosis.Of([Diagnosis.Warn("a", "mend a"), Diagnosis.Pass("b"), Diagnosis.Fail("c", "mend c")], "good");
        Assert.Equal(new Diagnosis(Rating.Fail, "c; a", "mend c\nmend a"), diagnosis);
        Assert.Equal(Diagnosis.Pass("good"), Diagnosis.Of([Diagnosis.Pass("b")], "good"));
    }

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(1, false, 0)]
    [InlineData(2, false, 1)]
    [InlineData(0, true, 0)]
    [InlineData(1, true, 1)]
    [InlineData(2, true, 1)]
    public void The_exit_status_is_0_when_nothing_fails(int worst, bool strict, int status) =>
        Assert.Equal(status, DoctorCommand.StatusOf((Rating)worst, new Wishes(IsStrict: strict)));

    private static DateTimeOffset? Ago(int? seconds) => seconds is { } ago ? Now.AddSeconds(-ago) : null;

    private static Permissions Of(uint owner, uint group, string mode) => new((UnixFileMode)Convert.ToInt32(mode, 8), owner, group);

    private static void IsRated(string verdict, Diagnosis diagnosis)
    {
        Assert.True(DoctorLine.NameOf(diagnosis.Rating) == verdict, $"{diagnosis}");
        Assert.Equal(diagnosis.Rating != Rating.Pass, !string.IsNullOrEmpty(diagnosis.Mend));
    }
}
