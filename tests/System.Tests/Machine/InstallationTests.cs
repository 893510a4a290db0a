using System.Diagnostics;
using System.Globalization;
using System.Tests.Live;
using System.Tests.Package;
using System.Text.RegularExpressions;
using Support;
using Support.Machine;

namespace System.Tests.Machine;

/// <summary>What a plain Debian 12 becomes by installing the package.</summary>
public sealed partial class InstallationTests(InstalledMachine installed) : IClassFixture<InstalledMachine>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task From_apt_install_to_the_first_201_takes_less_than_ten_seconds()
    {
        Root.IsNeeded("a machine boots");
        var package = await ShippedPackage.File;
        var times = new List<TimeSpan>();
        // What else the two cores have to do is not the package's fault: one of three must be that quick.
        while (times.Count < 3 && !times.Any(time => time < TimeSpan.FromSeconds(10)))
        {
            times.Add(await TimeToTheFirstUpload(package));
        }

        var shown = string.Join(", ", times.Select(time => $"{time.TotalSeconds:F1} s"));
        TestContext.Current.TestOutputHelper?.WriteLine($"from apt-get install to 201: {shown}");
        Assert.True(times.Min() < TimeSpan.FromSeconds(10), shown);
    }

    [Fact]
    public async Task Both_units_run_and_systemctl_status_says_how_they_are()
    {
        foreach (var unit in (string[])["fileuploader-web", "fileuploader-worker"])
        {
            // Type=notify: it is active because it said READY=1.
            Assert.Equal("notify\nactive\nrunning", await installed.Machine.Must($"systemctl show --value -p Type -p ActiveState -p SubState {unit}"));
            Assert.Equal("enabled", await installed.Machine.Must($"systemctl is-enabled {unit}"));
            await Until.True(
                async () => StatusLine().IsMatch((await installed.Machine.Run("systemctl", "status", unit)).Output), Limit, $"{unit} has a sentence about itself");
        }

        await Until.True(
            async () => (await installed.Machine.Run("systemctl", "status", "fileuploader-worker")).Output.Contains("all jobs on time; disk level Normal", StringComparison.Ordinal),
            Limit,
            "the worker says how the disk is");
        Assert.Equal("running", await installed.Machine.Must("systemctl is-system-running"));
    }

    [Theory]
    [InlineData("fileuploader-web.service", 0.3)]
    [InlineData("fileuploader-worker.service", 1.0)]
    public async Task The_running_units_are_exposed_as_little_as_the_files_promise(string unit, double highest)
    {
        var output = await installed.Machine.Must($"systemd-analyze security --no-pager {unit}");
        var exposure = Exposure().Match(output);
        TestContext.Current.TestOutputHelper?.WriteLine(exposure.Value);
        Assert.True(exposure.Success && double.Parse(exposure.Groups["level"].Value, CultureInfo.InvariantCulture) <= highest, output);
    }

    [Fact]
    public async Task Places_have_the_owners_and_modes_of_the_design()
    {
        Assert.Equal(
            """
            /uploads 750 fileuploader:www-data
            /uploads/.incoming 700 fileuploader:www-data
            /var/lib/fileuploader 750 fileuploader:fileuploader
            /etc/fileuploader 750 root:fileuploader
            /srv/fileuploader 755 root:root
            /run/fileuploader/web.sock 660 root:www-data
            """,
            await installed.Machine.Must(
                "stat -c '%n %a %U:%G' /uploads /uploads/.incoming /var/lib/fileuploader /etc/fileuploader /srv/fileuploader /run/fileuploader/web.sock"));
        Assert.Equal("", await installed.Machine.Must("find /srv/fileuploader -perm /022 -o ! -user root"));
    }

    [Fact]
    public async Task Neither_process_has_a_key_or_more_rights_than_its_unit_says()
    {
        foreach (var (unit, capabilities) in new[] { ("fileuploader-web", "0000000000000000"), ("fileuploader-worker", "000000000000000d") })
        {
            var process = await installed.MainProcess(unit);
            var status = await installed.Machine.Must($"cat /proc/{process}/status");
            foreach (var set in (string[])["CapPrm", "CapEff", "CapBnd", "CapAmb"])
            {
                Assert.Contains($"{set}:\t{capabilities}\n", status, StringComparison.Ordinal);
            }

            Assert.Contains("NoNewPrivs:\t1\n", status, StringComparison.Ordinal);
            Assert.DoesNotContain(installed.Key, await installed.Machine.Must($"tr '\\0' '\\n' < /proc/{process}/environ"), StringComparison.Ordinal);
        }
    }

    private static async Task<TimeSpan> TimeToTheFirstUpload(string package)
    {
        await using var machine = await DebianMachine.Boot();
        using var files = new Scratch();
        machine.Copy(files.File("a.png", Bytes.Png()), "/root/a.png");
        var began = Stopwatch.GetTimestamp();
        var ran = await machine.Install(package);
        Assert.True(ran.ExitCode == 0, ran.ToString());
        var key = await InstalledMachine.NewKey(machine);
        // The service sees the new key by itself, an instant later.
        var body = await machine.Must($"""
            until curl -sS -o /root/answer -w '%{"{"}http_code{"}"}' -H 'X-API-KEY: {key}' -F file=@/root/a.png http://127.0.0.1:2424{InstalledMachine.UploadPath} | grep -qx 201; do sleep 0.05; done
            cat /root/answer
            """);
        var time = Stopwatch.GetElapsedTime(began);
        Assert.True(Receipt.Of(body).IsWholeBelow(machine.PathOf("/uploads")));
        // Nothing had to be started twice, or by hand.
        Assert.Equal("0\n\n0", await machine.Must("systemctl show --value -p NRestarts fileuploader-web fileuploader-worker"));
        return time;
    }

    [GeneratedRegex(@"^ +Status: "".+""$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"Overall exposure level for \S+: (?<level>[\d.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exposure();
}
