using Support;

namespace System.Tests.Machine;

/// <summary>
/// What holds of <c>uploaderctl doctor</c> on an installed machine behind either server: it passes there, and on a host that somebody broke it fails with
/// the right line, whose command mends what was broken.
/// </summary>
public abstract class DoctorTests(InstalledMachine host)
{
    [Fact]
    public async Task An_installed_machine_passes()
    {
        var keys = host.Machine.Read("/etc/fileuploader/keys");
        var examined = await Examined.OnceWell(host.Machine, "the package was installed");
        TestContext.Current.TestOutputHelper!.WriteLine($"{examined}");
        Assert.True(examined.ExitCode == 0, $"{examined}");

        // Advice that a fresh machine does not follow, and one thing that it cannot: nobody sets its clock.
        Assert.Empty(examined.Lines.Where(line => line.Value.Verdict == "warn").Select(line => line.Key).Except(["uploads-mount", "clock", "rate-limit-front"]));
        Assert.Equal(keys, host.Machine.Read("/etc/fileuploader/keys"));
        Assert.Equal("", await host.Machine.Must("find /uploads -type f; ls -A /etc/fileuploader | grep doctor || true"));
    }

    private protected async Task Fails_and_mends(string breaks, string id, string finding)
    {
        await host.Machine.Must(breaks);
        var broken = await Examined.Of(host.Machine);
        Assert.True(broken.Lines[id].Verdict == "fail", $"{id}: {broken.Lines[id]}\n{broken}");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains(finding, broken.Lines[id].Finding);

        await host.Machine.Must(broken.Lines[id].Mend);
        var mended = await Examined.OnceWell(host.Machine, broken.Lines[id].Mend);
        Assert.Equal("pass", mended.Lines[id].Verdict);
    }
}

/// <summary>Behind nginx, with most of what can be broken.</summary>
public sealed class DoctorBehindNginxTests(BehindNginx host) : DoctorTests(host), IClassFixture<BehindNginx>
{
    private const string Snippet = "/etc/nginx/snippets/fileuploader.conf";
    private readonly BehindNginx _host = host;

    public static TheoryData<string, string, string> Broken => new()
    {
        // what somebody did, the line that fails, a word of what it found
        { DropIn("fileuploader-worker.service", "User=root"), "not-root", "runs as root" },
        { "chown -R fileuploader /srv/fileuploader/web", "code-place", "/srv/fileuploader/web" },
        { "chmod 0777 /uploads", "uploads-modes", "0777" },
        { "ln -s /etc/shadow /uploads/link", "uploads-modes", "/uploads/link is a link" },
        { "mkfifo -m 0640 /uploads/pipe && chown fileuploader:www-data /uploads/pipe", "uploads-modes", "FIFO" },
        { Nginx("s/\\[0-9A-Za-z_-\\]+.*mp4)[$]\"/.*$\"/"), "script-types-denied", "shows" },
        { Nginx("/client_max_body_size/d"), "body-limit", "takes less than" },
        { Nginx("/limit_req /d"), "rate-limit-front", "at once" },
        { Nginx("/X-Forwarded-For/s/remote_addr/http_x_forwarded_for/"), "client-address", "believes it" },
        { Nginx("/nosniff/d"), "served-as-attachment", "X-Content-Type-Options" },
        { "systemctl stop nginx", "front", "Nginx" },
        { "systemctl stop fileuploader-worker", "worker-alive", "fileuploader-worker.service is inactive" },
        { "systemctl mask --now fileuploader-worker 2>/dev/null", "worker-alive", "masked" },
        { DropIn("fileuploader-web.service", "NoNewPrivileges=no"), "sandbox-web", "NoNewPrivileges" },
        { DropIn("fileuploader-web.service", "CapabilityBoundingSet=CAP_NET_ADMIN"), "sandbox-in-force", "capabilities" },
        { DropIn("fileuploader-worker.service", "ProtectSystem=full\nReadWritePaths=/etc"), "sandbox-worker", "ProtectSystem" },
        { DropIn("fileuploader-web.socket", "ListenStream=0.0.0.0:2425", "Socket", "systemctl stop fileuploader-web.service fileuploader-web.socket && systemctl start fileuploader-web.socket fileuploader-web.service"), "sockets", "0.0.0.0:2425" },
        { DropIn("fileuploader-web.socket", "SocketMode=0666", "Socket", "true"), "sandbox-socket", "SocketMode" },
        { "chmod 0666 /run/fileuploader/web.sock", "sockets", "0666" },
        { "chmod 0644 /etc/fileuploader/keys", "key-file-modes", "0644" },
        { "chown fileuploader /etc/fileuploader/keys", "key-file-modes", "fileuploader:fileuploader" },
        { "echo API_KEY=supersecretkey123 >>/etc/fileuploader/environment && systemctl restart fileuploader-web", "no-key-in-environment", "API_KEY" },
        { "chmod 0666 /var/lib/fileuploader/ledger.db", "ledger-modes", "0666" },
        { "chown root /var/lib/fileuploader/ledger.lock", "ledger-modes", "ledger.lock" },
        { "systemctl stop fileuploader-worker", "jobs-fresh", "the worker stopped" },
        { "rm /run/systemd/journal/socket", "journal", "/run/systemd/journal/socket is not there" },
        { "rm -r /var/log/journal/* && systemctl restart systemd-journald", "journal", "no entry of fileuploader-worker" },
    };

    /// <summary>What no command of the doctor's can mend, because it is for the operator to decide: the row mends it.</summary>
    public static TheoryData<string, string, string, string> BrokenForTheOperator => new()
    {
        {
            "cp -p /etc/fileuploader/keys /root/keys && sed -i 's/sha256:[0-9a-f]*/& expires=2020-01-01/' /etc/fileuploader/keys",
            "keys-in-force", "expired", "cp -p /root/keys /etc/fileuploader/keys"
        },
        {
            "cp -p /etc/fileuploader/fileuploader.json /root/json && echo '{ \"Limits\": { \"MaxFiles\": \"none\" } }' >/etc/fileuploader/fileuploader.json",
            "configuration", "Limits:MaxFiles", "cp -p /root/json /etc/fileuploader/fileuploader.json"
        },
        {
            "cp -p /etc/fileuploader/fileuploader.json /root/json && echo '{ \"Disk\": { \"MinFree\": \"900TiB\" } }' >/etc/fileuploader/fileuploader.json",
            "disk-headroom", "critical", "cp -p /root/json /etc/fileuploader/fileuploader.json"
        },
        {
            AllAway("mount -t ramfs ramfs /uploads && chown fileuploader:www-data /uploads && chmod 0750 /uploads"),
            "extended-attributes", "keeps none", AllAway("umount /uploads")
        },
        {
            "rm /etc/nginx/sites-enabled/fileuploader && systemctl reload nginx",
            "front", "has a site", "ln -s ../sites-available/fileuploader /etc/nginx/sites-enabled/ && systemctl reload nginx"
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public Task A_broken_host_fails_with_the_right_line_and_its_command_mends_it(string breaks, string id, string finding) => Fails_and_mends(breaks, id, finding);

    [Theory]
    [MemberData(nameof(BrokenForTheOperator))]
    public async Task What_is_for_the_operator_to_decide_is_told(string breaks, string id, string finding, string mend)
    {
        await _host.Machine.Must(breaks);
        Examined broken;
        try
        {
            broken = await Examined.Of(_host.Machine);
        }
        finally
        {
            await _host.Machine.Must(mend);
        }

        Assert.True(broken.Lines[id].Verdict == "fail", $"{id}: {broken.Lines[id]}\n{broken}");
        Assert.Contains(finding, broken.Lines[id].Finding);
        var mended = await Examined.Of(_host.Machine);
        Assert.True(mended.Lines[id].Verdict == "pass", $"{mended}");
    }

    [Fact]
    public async Task The_advice_about_the_mount_can_be_followed_as_it_is_printed()
    {
        var before = await Examined.Of(_host.Machine, "--strict");
        Assert.Equal(("warn", 1), (before.Lines["uploads-mount"].Verdict, before.ExitCode));
        await _host.Machine.Must(before.Lines["uploads-mount"].Mend);
        var after = await Examined.OnceWell(_host.Machine, before.Lines["uploads-mount"].Mend);
        Assert.Equal("pass", after.Lines["uploads-mount"].Verdict);
        Assert.Equal("pass", after.Lines["upload-stored"].Verdict);
    }

    [Fact]
    public async Task A_key_in_a_log_is_told_and_the_command_makes_it_worthless()
    {
        await _host.Machine.Must("key=$(uploaderctl keys new leaked) && curl -sk -o /dev/null \"https://127.0.0.1/?key=$key\"");
        var broken = (await Examined.Of(_host.Machine)).Lines["no-key-in-logs"];
        Assert.Equal("fail", broken.Verdict);
        Assert.Contains("/var/log/nginx/access.log holds the key of leaked, which is in force", broken.Finding);
        await _host.Machine.Must(broken.Mend);
        var mended = (await Examined.OnceWell(_host.Machine, broken.Mend)).Lines["no-key-in-logs"];
        Assert.Equal("warn", mended.Verdict);
        Assert.Contains("none of them in force", mended.Finding);
        await _host.Machine.Must(": >/var/log/nginx/access.log && uploaderctl keys revoke leaked --yes");
        Assert.Equal("pass", (await Examined.Of(_host.Machine)).Lines["no-key-in-logs"].Verdict);
    }

    [Fact]
    public async Task A_ledger_that_somebody_holds_is_told_and_the_command_says_who()
    {
        const string Lock = "/var/lib/fileuploader/ledger.lock";
        await _host.Machine.Must($"systemd-run --quiet --unit=holder flock {Lock} sleep infinity");
        await Until.True(async () => (await _host.Machine.Must("lslocks --output COMMAND,TYPE,BLOCKER")).Contains("flock", StringComparison.Ordinal), TimeSpan.FromSeconds(60), "it holds the lock");
        var broken = (await Examined.Of(_host.Machine)).Lines["ledger-readable"];
        Assert.True(broken.Verdict == "fail", $"{broken}");
        Assert.Contains("flock", await _host.Machine.Must(broken.Mend), StringComparison.Ordinal);
        await _host.Machine.Must("systemctl stop holder");
        Assert.Equal("pass", (await Examined.OnceWell(_host.Machine, "nobody holds it")).Lines["ledger-readable"].Verdict);
    }

    [Fact]
    public async Task A_ledger_that_was_put_aside_is_told_until_somebody_has_looked()
    {
        await _host.Machine.Must("head -c 100000 /dev/urandom >/var/lib/fileuploader/ledger.db");
        await _host.Event(40);
        var told = (await Examined.OnceWell(_host.Machine, "the ledger was begun anew")).Lines["ledger-readable"];
        Assert.Equal("warn", told.Verdict);
        Assert.Contains("put aside", told.Finding);
        await _host.Machine.Must(told.Mend);
        Assert.Equal("pass", (await Examined.Of(_host.Machine)).Lines["ledger-readable"].Verdict);
    }

    private static string AllAway(string meanwhile) =>
        $"systemctl stop fileuploader-web.socket fileuploader-web fileuploader-worker && {meanwhile} && systemctl start fileuploader-web.socket fileuploader-worker fileuploader-web";

    private static string Nginx(string sed) => $"sed -i '{sed}' {Snippet} && nginx -t 2>/dev/null && systemctl reload nginx";

    private static string DropIn(string unit, string lines, string section = "Service", string? then = null) =>
        $"mkdir -p /etc/systemd/system/{unit}.d && printf '[{section}]\\n{lines}\\n' >/etc/systemd/system/{unit}.d/override.conf && systemctl daemon-reload && {then ?? $"systemctl restart {unit}"}";
}

/// <summary>Behind Apache, with what is Apache's own.</summary>
public sealed class DoctorBehindApacheTests(BehindApache host) : DoctorTests(host), IClassFixture<BehindApache>
{
    public static TheoryData<string, string, string> Broken => new()
    {
        { Apache("s/Require all denied/Require all granted/"), "script-types-denied", "shows" },
        { Apache("s/-gt 53477376/-gt 1048576/"), "body-limit", "takes less than" },
        { Apache("/X-Forwarded-For/d"), "client-address", "believes it" },
        { Apache("/nosniff/d"), "served-as-attachment", "X-Content-Type-Options" },
        { "systemctl stop apache2", "front", "Apache" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public Task A_broken_host_fails_with_the_right_line_and_its_command_mends_it(string breaks, string id, string finding) => Fails_and_mends(breaks, id, finding);

    private static string Apache(string sed) => $"sed -i '{sed}' /etc/apache2/conf-available/fileuploader.conf && apache2ctl configtest 2>/dev/null && systemctl reload apache2";
}
