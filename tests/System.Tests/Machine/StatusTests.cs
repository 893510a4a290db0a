using System.Text.RegularExpressions;
using Support;
using Support.Machine;

namespace System.Tests.Machine;

/// <summary><c>uploaderctl status</c> on an installed machine, where systemd knows the units: well, and after somebody stopped or killed one.</summary>
public sealed partial class StatusTests(InstalledMachine installed) : IClassFixture<InstalledMachine>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private DebianMachine Machine => installed.Machine;

    [Fact]
    public async Task A_well_machine_shows_both_processes_the_socket_the_disk_what_came_in_and_every_job()
    {
        Machine.Copy(installed.FileToSend("a.png", Bytes.Png(3 * Bytes.MiB)), "/root/a.png");
        await Machine.Must($"curl -sSf -H 'X-API-KEY: {installed.Key}' -F file=@/root/a.png http://127.0.0.1:2424{InstalledMachine.UploadPath}");
        var page = await Shows(page => page.Contains("Hour: 1 uploads, 3 MiB; no refusals", StringComparison.Ordinal) && DiskLine().IsMatch(page) && !page.Contains(" never ", StringComparison.Ordinal));

        Assert.StartsWith("Nothing needs attention.\n", page, StringComparison.Ordinal);
        Assert.Contains($"Socket: listening since {await Since("fileuploader-web.socket", "ActiveEnterTimestamp")}", page, StringComparison.Ordinal);
        Assert.Contains(", on 127.0.0.1:2424 and /run/fileuploader/web.sock\n", page, StringComparison.Ordinal);
        Assert.Contains($" Web: running since {await Since("fileuploader-web", "ExecMainStartTimestamp")}", page, StringComparison.Ordinal);
        Assert.Contains($"Worker: running since {await Since("fileuploader-worker", "ExecMainStartTimestamp")}", page, StringComparison.Ordinal);
        var jobs = page.Split('\n').SkipWhile(line => !line.StartsWith("JOB ", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("As the worker told", StringComparison.Ordinal)).ToList();
        Assert.Equal(["ban-sweep", "disk-watch", "ledger-trim", "permission-sweep", "staging-sweep"], jobs.Select(job => job.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.All(jobs, job => Assert.Matches(JobThatRan(), job));
    }

    [Theory]
    [InlineData("systemctl stop fileuploader-worker", "the worker is stopped: nobody is banned, and neither disk nor permissions are watched", "Worker: stopped")]
    [InlineData("systemctl stop fileuploader-web.socket fileuploader-web", "the socket is not listening (inactive): no client reaches the service", "Socket: not listening (inactive)")]
    [InlineData("systemctl kill --signal=KILL fileuploader-worker", "systemd had to start fileuploader-worker again, once so far", "Worker: running since ")]
    public async Task What_somebody_did_needs_attention_first_and_the_command_beside_it_ends_that(string damage, string attention, string line)
    {
        await Machine.Must(damage);
        var page = await Shows(page => page.Contains($"* {attention}\n", StringComparison.Ordinal) && page.Contains(line, StringComparison.Ordinal), exitCode: 1);
        Assert.Equal("* " + attention, page.Split('\n').First(words => words.StartsWith('*')));

        // What systemd started by itself stays known for an hour, or until somebody says that he knows.
        await Machine.Must(page.Split('\n').SkipWhile(words => !words.StartsWith('*')).ElementAt(1));
        await Machine.Must("systemctl reset-failed fileuploader-worker");
        await Shows(page => page.StartsWith("Nothing needs attention.\n", StringComparison.Ordinal));
    }

    /// <summary>The page, once it is as it shall be: a process tells each few seconds how it is.</summary>
    private async Task<string> Shows(Func<string, bool> condition, int exitCode = 0)
    {
        Ran? ran = null;
        try
        {
            await Until.True(async () => (ran = await Machine.Run("uploaderctl", "status")).ExitCode == exitCode && condition(ran.Output), Limit, "the status is as it shall be");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{ran}", e);
        }

        Assert.Equal("", ran!.Complaint);
        return ran.Output;
    }

    /// <summary>As the page writes it.</summary>
    private Task<string> Since(string unit, string property) => Machine.Must($"date -u -d \"$(systemctl show --value -p {property} {unit})\" '+%F %T UTC'");

    [GeneratedRegex(@"^ +Disk: \[#*\.*\] \d+ % of .+: 3 MiB in 1 files, .+ free; measured .+$", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DiskLine();

    [GeneratedRegex(@"^[a-z-]+ +(now|[\dhmins ]+ ago) +[\d.]+\w+ +done ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobThatRan();
}
