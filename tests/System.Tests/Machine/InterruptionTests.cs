using System.Diagnostics;
using System.Globalization;
using System.Tests.Package;
using Support;

namespace System.Tests.Machine;

/// <summary>Restarts, an upgrade and kills while clients upload without a pause; a process that hangs; a reboot.</summary>
public sealed class InterruptionTests(BusyMachine installed) : IClassFixture<BusyMachine>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_restart_of_either_process_refuses_and_cuts_nothing()
    {
        await using var load = new Load(installed);
        for (var round = 0; round < 3; round++)
        {
            await load.GoesOn();
            await installed.Machine.Must("systemctl restart fileuploader-web");
            await load.GoesOn();
            await installed.Machine.Must("systemctl restart fileuploader-worker");
        }

        await load.GoesOn();
        await load.EveryStoredFileIsWhole();
        Assert.Empty(load.Refused);
        Assert.Empty(load.Cut);
    }

    [Fact]
    public async Task An_upgrade_refuses_and_cuts_nothing_and_keeps_the_configuration()
    {
        using var folder = new Scratch();
        var package = await ShippedPackage.As("99.0", folder);
        await installed.Machine.Must("echo '// an operator was here' >> /etc/fileuploader/fileuploader.json");
        var (configuration, keys) = (installed.Machine.Read("/etc/fileuploader/fileuploader.json"), installed.Machine.Read("/etc/fileuploader/keys"));
        var before = (await installed.MainProcess("fileuploader-web"), await installed.MainProcess("fileuploader-worker"));

        await using var load = new Load(installed);
        await load.GoesOn();
        var ran = await installed.Machine.Install(package);
        Assert.True(ran.ExitCode == 0, ran.ToString());
        await load.GoesOn();
        await load.EveryStoredFileIsWhole();

        Assert.Equal("99.0", await installed.Machine.Must("dpkg-query -W -f '${Version}' uploader"));
        Assert.Equal((configuration, keys), (installed.Machine.Read("/etc/fileuploader/fileuploader.json"), installed.Machine.Read("/etc/fileuploader/keys")));
        var after = (await installed.MainProcess("fileuploader-web"), await installed.MainProcess("fileuploader-worker"));
        Assert.True(before.Item1 != after.Item1 && before.Item2 != after.Item2, $"{before} {after}");
        Assert.Empty(load.Refused);
        Assert.Empty(load.Cut);
    }

    [Fact]
    public async Task A_kill_of_either_process_cuts_what_was_under_way_and_refuses_nothing()
    {
        const int Kills = 5;
        await using var load = new Load(installed);
        for (var kill = 0; kill < Kills; kill++)
        {
            foreach (var unit in (string[])["fileuploader-web", "fileuploader-worker"])
            {
                await load.GoesOn();
                var process = await installed.MainProcess(unit);
                await installed.Machine.Must($"systemctl kill --kill-whom=main --signal=KILL {unit}");
                await Until.True(
                    async () => await installed.MainProcess(unit) is not 0 and var now && now != process && await installed.Property(unit, "ActiveState") == "active",
                    Limit,
                    $"systemd has started {unit} again");
            }
        }

        await load.GoesOn();
        await load.EveryStoredFileIsWhole();
        Assert.Empty(load.Refused);
        // Of each way at most the one request that was under way.
        Assert.InRange(load.Cut.Count, 0, Kills * 4);
    }

    [Fact]
    public async Task A_worker_that_hangs_is_replaced_by_the_watchdog()
    {
        installed.Machine.Write("/etc/systemd/system/fileuploader-worker.service.d/test.conf", "[Service]\nWatchdogSec=2s\n");
        await installed.Machine.Must("systemctl daemon-reload && systemctl restart fileuploader-worker");
        var (process, restarts) = (await installed.MainProcess("fileuploader-worker"), await Restarts());
        await installed.Machine.Must($"kill -STOP {process}");
        await Until.True(
            async () => await Restarts() > restarts && await installed.Property("fileuploader-worker", "ActiveState") == "active",
            Limit,
            "systemd has replaced the worker");

        Assert.NotEqual(process, await installed.MainProcess("fileuploader-worker"));
        Assert.Contains("Watchdog timeout", await installed.Machine.Must("journalctl --sync; journalctl -u fileuploader-worker -o cat"), StringComparison.Ordinal);
        await Until.True(
            async () => (await installed.Machine.Run("systemctl", "status", "fileuploader-worker")).Output.Contains("Status: \"all jobs on time", StringComparison.Ordinal),
            Limit,
            "the new one says that all is well");

        async Task<int> Restarts() => int.Parse(await installed.Property("fileuploader-worker", "NRestarts"), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_ban_goes_on_across_a_reboot_for_as_long_as_it_had_left()
    {
        const string Guesser = "198.51.100.66";
        await Until.True(async () => (await Guess(Guesser)).Status == 403, Limit, "the guesser is banned");
        var left = Left(await Guess(Guesser));
        var since = Stopwatch.GetTimestamp();
        await installed.Machine.Reboot();

        CurlAnswer answer = await Guess(Guesser);
        // The web server may be there before the service is.
        await Until.True(async () => (answer = await Guess(Guesser)).Status is not (503 or 0), Limit, "the service is back");
        Assert.Equal(403, answer.Status);
        Assert.InRange(Left(answer) - (left - Stopwatch.GetElapsedTime(since).TotalSeconds), -3, 3);
        Assert.Equal(201, (await installed.Upload("198.51.100.67", installed.FileToSend("a.png", Bytes.Png()))).Status);
    }

    private Task<CurlAnswer> Guess(string from) => installed.Ask(from, InstalledMachine.UploadPath, "-H", "X-API-KEY: guess", "--data", "x");

    private static int Left(CurlAnswer answer) => int.Parse(answer.Header("Retry-After"), CultureInfo.InvariantCulture);
}
