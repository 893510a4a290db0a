using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Uploader.Ctl.Status;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Ctl.Tests.Status;

/// <summary><c>status</c>, on a ledger in which the processes told how they are.</summary>
public sealed class StatusTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
    private static readonly SelfReport Self = new("0.1.0", 42, Now.AddHours(-76), Now.AddSeconds(-3), false, "3 uploads under way, 2 keys, 0 bans in memory");
    private static readonly WorkerStatus WorkerTold = new(
        Self with { Sentence = "all jobs on time" },
        [Job("ban-sweep", "1s", Now.AddSeconds(-4), JobStatus.Done), Job("ledger-trim", "1h", Now.AddMinutes(-40), JobStatus.Done)],
        new DriftStatus(Now.AddMinutes(-2), 0, 0, 0, Now.AddDays(-1)));

    private static readonly WebStatus WebTold = new(Self, 2, 3, [Minute(-60, 100, 1, "bad-key", 100), Minute(-59, 5, 1 << 20, "bad-key", 2), Minute(0, 1, 0, "too-large", 1)]);
    private static readonly DiskSample Sample = new(42 << 20, 1234, 1, "Normal", 0, Now.AddSeconds(-20));

    private readonly Operator _operator = new("\"Disk\": { \"MaxBytes\": \"100MiB\", \"MinFree\": \"0\" }", new FakeTimeProvider(Now));

    public void Dispose() => _operator.Dispose();

    [Theory]
    [InlineData("status")]
    [InlineData]
    public async Task When_all_is_well_it_ends_with_0_and_says_how_all_is(params string[] words)
    {
        Tell();
        _operator.Ledger.Run(ledger => ledger.Bans.Insert(new Ban(Cidr.Parse("203.0.113.7"), "auth", Now.ToUnixTimeMilliseconds(), Now.AddHours(1).ToUnixTimeMilliseconds())));

        Assert.Equal(
            """
            Nothing needs attention.

               Web: running since 2026-03-06 08:00:00 UTC; 3d 4h ago, version 0.1.0
                    3 uploads under way, 2 keys, 0 bans in memory
            Worker: running since 2026-03-06 08:00:00 UTC; 3d 4h ago, version 0.1.0
                    all jobs on time
              Disk: [########............] 42 % of 100 MiB: 42 MiB in 1234 files, FREE free; measured 20s ago
              Hour: 6 uploads, 1 MiB; 3 refusals: 2 bad-key, 1 too-large
              Bans: 1 in force
             Drift: 0 repaired, 0 not repaired, 0 foreign; swept 2min ago; the last repair was 1d ago

            JOB          LAST RUN       TOOK  OUTCOME  NEXT RUN     SCHEDULE
            ban-sweep    1s ago          7ms  done     now          1s
            ledger-trim  39min 57s ago   7ms  done     in 20min 3s  1h
            As the worker told 3s ago.

            """,
            System.Text.RegularExpressions.Regex.Replace((await _operator.Runs(words)).Ends(0).Output, "files, .*? free", "files, FREE free"));
    }

    [Fact]
    public async Task Programs_get_all_of_it()
    {
        Tell();
        var json = (await _operator.Runs("status", "-o", "json")).Json();

        Assert.Equal(0, json.GetProperty("attention").GetArrayLength());
        Assert.Equal("running", json.GetProperty("web").GetProperty("state").GetString());
        Assert.Equal((2, 3, 0), (json.GetProperty("keys").GetInt32(), json.GetProperty("uploadsUnderWay").GetInt32(), json.GetProperty("bansInForce").GetInt32()));
        Assert.Equal((42, 1234), (json.GetProperty("disk").GetProperty("percent").GetInt32(), json.GetProperty("disk").GetProperty("files").GetInt32()));
        var hour = json.GetProperty("lastHour");
        Assert.Equal((6, 3, 2), (hour.GetProperty("uploads").GetInt32(), hour.GetProperty("refusals").GetInt32(), hour.GetProperty("refusalsByCode").GetProperty("bad-key").GetInt32()));
        Assert.Equal(["ban-sweep", "ledger-trim"], json.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("name").GetString()));
        Assert.Equal(Now.AddMinutes(-40), json.GetProperty("jobs")[1].GetProperty("startedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Before_anything_ever_ran_both_processes_need_attention_and_no_ledger_is_begun()
    {
        var answer = (await _operator.Runs("status")).Ends(1);

        Assert.Contains("* the worker has never run with this ledger", answer.Output);
        Assert.Contains("* the web process has never run with this ledger", answer.Output);
        Assert.Empty(Directory.EnumerateFiles(_operator.State));
    }

    public static TheoryData<string, string> Troubles() => new()
    {
        { "the worker is silent", "Bad: the worker has told nothing for long and is not known to be alive" },
        { "the worker stopped", "Bad: the worker is stopped" },
        { "web stopped", "Bad: the web process is stopped" },
        { "no keys", "Bad: no key is in force" },
        { "the scanner is away", "Bad: the virus scanner does not answer (it is \\u001b[2Jaway): every upload is refused" },
        { "the disk is full", "Bad: the disk is at 97 %" },
        { "the disk fills", "Warning: the disk is at 85 %" },
        { "a job failed", "Bad: the job ban-sweep failed at its last run" },
        { "a job is late", "Bad: the job ban-sweep was due 2min ago and has not started" },
        { "a job hangs", "Bad: the job ban-sweep has been running for 2min" },
        { "faults", "Bad: 3 times in the last hour an upload failed on our side" },
        { "no room", "Warning: once in the last hour an upload was refused for want of room" },
        { "unmended", "Warning: the permission sweep could not repair 2 files or folders" },
        { "foreign", "Warning: 1 things in the uploads directory" },
        { "an old web process", "Warning: web is version 0.0.9 and worker 0.1.0" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Each_trouble_needs_attention_alone_and_says_what_to_do(string trouble, string attention)
    {
        var ban = WorkerTold.Jobs[0];
        Action tell = trouble switch
        {
            "the worker is silent" => () => Tell(worker: WorkerTold with { Process = Self with { ToldAt = Now.AddMinutes(-2) } }),
            "the worker stopped" => () => Tell(worker: WorkerTold with { Process = Self with { HasStopped = true } }),
            "web stopped" => () => Tell(WebTold with { Process = Self with { HasStopped = true } }),
            "no keys" => () => Tell(WebTold with { Keys = 0 }),
            "the scanner is away" => () => Tell(WebTold with { Scanner = new ScannerStatus("it is \e[2Jaway") }),
            "the disk is full" => () => Tell(disk: Sample with { UsedBytes = 97 << 20 }),
            "the disk fills" => () => Tell(disk: Sample with { UsedBytes = 85 << 20 }),
            "a job failed" => () => Tell(worker: WorkerTold with { Jobs = [ban with { Outcome = JobStatus.Failed }] }),
            "a job is late" => () => Tell(worker: WorkerTold with { Jobs = [ban with { DueAt = Now.AddMinutes(-2) }] }),
            "a job hangs" => () => Tell(worker: WorkerTold with { Jobs = [ban with { StartedAt = Now.AddMinutes(-2), IsRunning = true }] }),
            "faults" => () => Tell(WebTold with { Hour = [new(Now.ToUnixTimeSeconds() / 60, 0, 0, 3, [])] }),
            "no room" => () => Tell(WebTold with { Hour = [Minute(0, 0, 0, "disk-full", 1)] }),
            "unmended" => () => Tell(worker: WorkerTold with { Drift = new DriftStatus(Now, 0, 2, 0, null) }),
            "foreign" => () => Tell(worker: WorkerTold with { Drift = new DriftStatus(Now, 0, 0, 1, null) }),
            "an old web process" => () => Tell(WebTold with { Process = Self with { Version = "0.0.9" } }),
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };
        tell();

        var answer = (await _operator.Runs("status", "-o", "json")).Ends(1);

        var only = Assert.Single(JsonDocument.Parse(answer.Output).RootElement.GetProperty("attention").EnumerateArray());
        Assert.StartsWith(attention, $"{only.GetProperty("severity").GetString()}: {only.GetProperty("what").GetString()}");
        Assert.NotEmpty(only.GetProperty("do").GetString()!);
    }

    [Fact]
    public async Task What_the_web_process_told_of_the_scanner_counts_while_it_runs()
    {
        Tell(WebTold with { Scanner = new ScannerStatus(Trouble: null) });
        (await _operator.Runs("status")).Ends(0);

        Tell(WebTold with { Process = Self with { HasStopped = true }, Scanner = new ScannerStatus("it is away") });
        Assert.DoesNotContain("scanner does not", (await _operator.Runs("status")).Ends(1).Output);
    }

    [Fact]
    public async Task The_worst_comes_first()
    {
        Tell(WebTold with { Keys = 0, Hour = [Minute(0, 0, 0, "disk-full", 1)] }, WorkerTold with { Drift = new DriftStatus(Now, 0, 2, 0, null), Process = Self with { HasStopped = true } });
        File.WriteAllText(Path.Join(_operator.State, "ledger.db.corrupt-20260301T120000Z"), "");

        var lines = (await _operator.Runs()).Ends(1).Output.Split('\n');

        Assert.Equal("5 things need attention, the worst first:", lines[0]);
        Assert.Equal(
            ["* the worker is stopped", "* no key is in force", "* once in the last hour", "* the permission sweep", "* the ledger was unreadable"],
            lines.Where(line => line.StartsWith("* ", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(' ', ':').Take(line.Contains("stopped") ? 5 : line.Contains("key is") ? 6 : line.Contains("once") ? 6 : line.Contains("sweep") ? 4 : 5))).ToArray());
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_used_is_trouble_and_no_end_of_the_answer()
    {
        Tell();
        using var held = LedgerLock.Take(Path.Join(_operator.State, "ledger.lock"), TimeSpan.FromSeconds(5));

        var answer = (await _operator.Runs("status", "-o", "json")).Ends(1);

        var only = Assert.Single(JsonDocument.Parse(answer.Output).RootElement.GetProperty("attention").EnumerateArray());
        Assert.StartsWith("the ledger cannot be used", only.GetProperty("what").GetString());
    }

    [Theory]
    [InlineData(0, "[....................] 0 %")]
    [InlineData(2, "[....................] 2 %")]
    [InlineData(50, "[##########..........] 50 %")]
    [InlineData(99.6, "[####################] 100 %")]
    [InlineData(130, "[####################] 130 %")]
    public void A_bar_shows_a_percentage(double percent, string bar) => Assert.Equal(bar, StatusPage.Bar(percent));

    private static JobStatus Job(string name, string schedule, DateTimeOffset started, string outcome) => new(
        name, schedule, started, TimeSpan.FromMilliseconds(7), outcome, started + (schedule == "1s" ? TimeSpan.FromSeconds(1) : TimeSpan.FromHours(1)), false, TimeSpan.FromMinutes(1), started + TimeSpan.FromMilliseconds(7));

    private static TallyMinute Minute(int minutes, long uploads, long bytes, string code, long refusals) =>
        new((Now.ToUnixTimeSeconds() / 60) + minutes, uploads, bytes, 0, ImmutableDictionary<string, long>.Empty.Add(code, refusals));

    private void Tell(WebStatus? web = null, WorkerStatus? worker = null, DiskSample? disk = null) => _operator.Ledger.Run(ledger =>
    {
        ledger.Status.PutWeb(web ?? WebTold);
        ledger.Status.PutWorker(worker ?? WorkerTold);
        ledger.Status.PutDisk(disk ?? Sample);
    });
}
