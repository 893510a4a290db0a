using System.Globalization;
using System.Text.RegularExpressions;
using Support;

namespace System.Tests.Units;

/// <summary>systemd/, read by systemd's own tools.</summary>
public sealed partial class UnitFileTests : IDisposable
{
    private static readonly string[] Units = ["fileuploader-web.socket", "fileuploader-web.service", "fileuploader-worker.service"];

    private readonly Scratch _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Systemd_finds_nothing_to_say_about_the_units()
    {
        // A tree as on a host where it is installed: the programs are there and so are systemd's own units.
        foreach (var unit in Units)
        {
            File.Copy(Checkout.Of("systemd", unit), Path.Join(_root.Folder("etc/systemd/system"), unit));
        }

        foreach (var program in Programs())
        {
            File.SetUnixFileMode(_root.File(program.TrimStart('/'), "#!/bin/sh\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await Child.Run("cp", "-r", "--parents", "/usr/lib/systemd/system", _root.Path);
        var (exitCode, output) = await Child.Run("systemd-analyze", ["verify", "--man=no", $"--root={_root.Path}", .. Units]);
        Assert.True((exitCode, output) == (0, ""), output);
    }

    [Theory]
    [InlineData("fileuploader-web.service", 0.2)]
    [InlineData("fileuploader-worker.service", 0.9)]
    public async Task The_sandbox_does_not_get_weaker(string unit, double highest)
    {
        var (_, output) = await Child.Run("systemd-analyze", "security", "--offline=true", "--no-pager", Checkout.Of("systemd", unit));
        var verdict = Exposure().Match(output);
        Assert.True(verdict.Success, output);
        TestContext.Current.TestOutputHelper!.WriteLine(verdict.Value);
        Assert.True(double.Parse(verdict.Groups["exposure"].Value, CultureInfo.InvariantCulture) <= highest, output);
    }

    [Fact]
    public void The_web_process_has_no_capability_and_the_worker_has_three()
    {
        Assert.Equal(["CapabilityBoundingSet=", "AmbientCapabilities="], Lines("fileuploader-web.service", "Capabilit"));
        Assert.Equal(
            ["CapabilityBoundingSet=CAP_CHOWN CAP_FOWNER CAP_DAC_READ_SEARCH", "AmbientCapabilities=CAP_CHOWN CAP_FOWNER CAP_DAC_READ_SEARCH"],
            Lines("fileuploader-worker.service", "Capabilit"));
    }

    [Fact]
    public void No_process_executes_what_it_has_written_or_needs_an_exception_for_its_runtime()
    {
        foreach (var unit in Units[1..])
        {
            Assert.Equal(["MemoryDenyWriteExecute=yes"], Lines(unit, "MemoryDenyWriteExecute="));
            Assert.DoesNotContain(Lines(unit, "SystemCallFilter="), line => line.Contains("sched_setaffinity", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Whoever_restarts_a_service_does_not_restart_the_socket()
    {
        foreach (var unit in Units)
        {
            Assert.Empty(Lines(unit, "Also="));
        }
    }

    [Fact]
    public void A_process_that_gives_no_sign_of_life_is_replaced_while_a_web_server_still_waits()
    {
        Assert.Equal(["WatchdogSec=30s"], Lines("fileuploader-web.service", "WatchdogSec="));
        Assert.Equal(["WatchdogSec=60s"], Lines("fileuploader-worker.service", "WatchdogSec="));
        Assert.Contains("proxy_read_timeout    60s;", File.ReadAllText(Checkout.Of("deploy", "nginx", "fileuploader.conf")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_two_processes_may_write_to_two_places()
    {
        foreach (var unit in Units[1..])
        {
            Assert.Equal(["ReadWritePaths=/uploads /var/lib/fileuploader"], Lines(unit, "ReadWritePaths="));
            Assert.Equal(["ProtectSystem=strict"], Lines(unit, "ProtectSystem="));
        }
    }

    [Fact]
    public async Task Directories_get_the_owners_and_modes_of_the_design()
    {
        if (Environment.UserName != "root")
        {
            Assert.Skip("Giving directories to other users takes root");
        }

        _root.Folder("etc");
        // Debian's own, where the web server's group is.
        File.Copy("/usr/share/base-passwd/group.master", _root.Of("etc/group"));
        File.Copy("/usr/share/base-passwd/passwd.master", _root.Of("etc/passwd"));
        var users = await Child.Run("systemd-sysusers", $"--root={_root.Path}", Checkout.Of("systemd", "fileuploader.sysusers"));
        Assert.True(users.ExitCode == 0, users.Output);
        var (user, group) = (Id("passwd", "fileuploader"), Id("group", "fileuploader"));
        var webServer = Id("group", "www-data");
        Assert.Equal("33", webServer);

        var directories = await Child.Run("systemd-tmpfiles", "--create", $"--root={_root.Path}", Checkout.Of("systemd", "fileuploader.tmpfiles"));
        Assert.True(directories.ExitCode == 0, directories.Output);
        string[] made = ["uploads", "uploads/.incoming", "var/lib/fileuploader", "etc/fileuploader"];
        var (_, found) = await Child.Run("stat", ["-c", "%n %a %u:%g", .. made.Select(directory => _root.Of(directory))]);
        Assert.Equal(
            $"""
            /uploads 750 {user}:{webServer}
            /uploads/.incoming 700 {user}:{webServer}
            /var/lib/fileuploader 750 {user}:{group}
            /etc/fileuploader 750 0:{group}

            """,
            found.Replace(_root.Path, "", StringComparison.Ordinal));
    }

    private string Id(string file, string name)
        => File.ReadLines(_root.Of("etc", file)).Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[2];

    private static IEnumerable<string> Programs()
        => Units.SelectMany(unit => Lines(unit, "ExecStart=")).Select(line => line["ExecStart=".Length..]);

    private static string[] Lines(string unit, string with)
        => [.. File.ReadLines(Checkout.Of("systemd", unit)).Where(line => !line.StartsWith('#') && line.Contains(with, StringComparison.Ordinal))];

    [GeneratedRegex(@"Overall exposure level for \S+: (?<exposure>[\d.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exposure();
}
