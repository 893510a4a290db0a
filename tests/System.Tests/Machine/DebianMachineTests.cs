using System.Tests.Live;
using Support;
using Support.Machine;

namespace System.Tests.Machine;

/// <summary>The throw-away Debian itself, before anything is shown by it.</summary>
public sealed class DebianMachineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_machine_boots_with_every_unit_running_and_keeps_its_files_across_a_reboot()
    {
        Root.IsNeeded("a machine boots");
        await using var machine = await DebianMachine.Boot();
        Report($"booted in {machine.BootTime.TotalSeconds:F1} s");
        Assert.Equal("running", await machine.Must("systemctl is-system-running"));
        Assert.Equal("12", await machine.Must(". /etc/os-release && echo $VERSION_ID"));
        var boot = await machine.Must("cat /proc/sys/kernel/random/boot_id");

        machine.Write("/srv/kept", "kept", 0b110_100_000);
        machine.Write("/run/gone", "gone");
        await machine.Must("logger --tag test 'before the reboot' && journalctl --sync");
        await machine.Reboot();
        Report($"rebooted in {machine.BootTime.TotalSeconds:F1} s");

        Assert.Equal("running", await machine.Must("systemctl is-system-running"));
        Assert.NotEqual(boot, await machine.Must("cat /proc/sys/kernel/random/boot_id"));
        Assert.Equal(("kept", "640"), (machine.Read("/srv/kept"), await machine.Must("stat -c %a /srv/kept")));
        Assert.False(File.Exists(machine.PathOf("/run/gone")));
        Assert.Equal("before the reboot", await machine.Must("journalctl -t test -o cat"));
    }

    [Fact]
    public async Task Two_machines_at_once_have_nothing_in_common()
    {
        Root.IsNeeded("two machines boot");
        await using var one = await DebianMachine.Boot();
        await using var other = await DebianMachine.Boot();
        foreach (var (machine, name) in new[] { (one, "one"), (other, "other") })
        {
            await machine.Must($"echo {name} > /etc/name && systemctl enable --now nginx && echo {name} > /var/www/html/name");
        }

        foreach (var (machine, name) in new[] { (one, "one"), (other, "other") })
        {
            Assert.Equal(name + "\n", machine.Read("/etc/name"));
            Assert.Equal(name + "\n", (await machine.Curl("198.51.100.7", "http://192.0.2.1/name")).Body);
            Assert.Equal("active", await machine.Must("systemctl is-active nginx"));
        }

        Assert.NotEqual(one.Read("/etc/machine-id"), other.Read("/etc/machine-id"));
        await other.Must("systemctl stop nginx");
        Assert.Equal("active", await one.Must("systemctl is-active nginx"));
    }

    [Fact]
    public async Task Clients_come_from_the_address_they_say_by_curl_and_by_HttpClient()
    {
        Root.IsNeeded("a machine boots");
        await using var machine = await DebianMachine.Boot();
        await machine.Must("systemctl start nginx");
        foreach (var (from, to) in new[] { ("198.51.100.7", "192.0.2.1"), ("203.0.113.200", "192.0.2.1"), ("2001:db8:c:1::7", "[2001:db8::1]") })
        {
            Assert.Equal(404, (await machine.Curl(from, $"http://{to}/by-curl")).Status);
            using var client = machine.NewClient(from);
            using var answer = await client.GetAsync(new Uri("http://uploads.example.org/by-HttpClient"), TestContext.Current.CancellationToken);
            await Until.True(
                () => machine.Read("/var/log/nginx/access.log").Split('\n').Count(line => line.StartsWith(from + " ", StringComparison.Ordinal)) == 2,
                Limit,
                $"nginx has logged both requests of {from}");
        }
    }

    [Fact]
    public async Task Files_carry_attributes_commands_say_how_they_ended_and_the_journal_knows_the_unit()
    {
        Root.IsNeeded("a machine boots");
        await using var machine = await DebianMachine.Boot();
        Assert.Equal("whole", await machine.Must("touch /srv/file && setfattr -n user.uploader.name -v whole /srv/file && getfattr --only-values -n user.uploader.name /srv/file"));
        Assert.Equal((3, "out\n", "complaint\n"), await machine.Shell("echo out; echo complaint >&2; exit 3") is var ran ? (ran.ExitCode, ran.Output, ran.Complaint) : default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => machine.Must("false | true"));
        await machine.Must("systemd-run --wait --unit=said echo 'said by a unit' && journalctl --sync");
        Assert.Contains("said by a unit", await machine.Must("journalctl -u said -o cat"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_machine_is_left_when_it_is_gone()
    {
        Root.IsNeeded("a machine boots");
        var (mounts, groups, interfaces) = (Mounts(), Groups(), Interfaces());
        await using (var machine = await DebianMachine.Boot())
        {
            await machine.Must("systemctl start nginx && mount -t tmpfs tmpfs /srv");
            Assert.Equal((mounts, interfaces), (Mounts(), Interfaces()));
            Assert.NotEqual(groups, Groups());
        }

        Assert.Equal((mounts, groups, interfaces), (Mounts(), Groups(), Interfaces()));
    }

    [Fact]
    public async Task A_machine_does_not_outlive_a_test_run_that_is_killed()
    {
        Root.IsNeeded("a machine boots");
        using var folder = new Scratch();
        var name = $"uploader-test-{Guid.NewGuid():N}"[..24];
        await using var run = Child.Start("bash", ["-c", $"'{Checkout.Of("tests", "Support", "Machine", "boot")}' '{await BaseTree.Path}' '{folder.Path}' {name} & wait"]);
        await Until.True(() => Groups().Contains(name, StringComparison.Ordinal) && Directory.Exists(folder.Of("disk", "upper", "var", "log")), Limit, "the machine runs");
        await run.Kill9();
        await Until.True(() => !Groups().Contains(name, StringComparison.Ordinal) && Directory.GetFileSystemEntries(folder.Path).Length == 0, Limit, "nothing of it is left");
    }

    private static string Mounts() => File.ReadAllText("/proc/self/mounts");

    private static string Interfaces() => File.ReadAllText("/proc/net/dev").Split(':').Length.ToString(Globalization.CultureInfo.InvariantCulture);

    private static string Groups() => string.Join(
        '\n',
        Directory.EnumerateDirectories("/sys/fs/cgroup", "uploader-test-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }));

    private static void Report(string figure) => TestContext.Current.TestOutputHelper?.WriteLine(figure);
}
