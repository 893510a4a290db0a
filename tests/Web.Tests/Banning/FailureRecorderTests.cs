using Support;
using Support.Ledger;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;
using Uploader.Web.Banning;

namespace Web.Tests.Banning;

public sealed class FailureRecorderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");

    private readonly TempLedger _ledger = new();
    private readonly EventLog<FailureRecorder> _log = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Failures_of_one_client_kind_and_second_become_one_row()
    {
        using var recorder = Recorder();
        foreach (var (client, kind, ms) in new[] { (7, FailureKind.Auth, 0), (7, FailureKind.Auth, 999), (7, FailureKind.Abuse, 5), (8, FailureKind.Auth, 7), (7, FailureKind.Auth, 1000) })
            recorder.Report(Failure(client, kind, ms));

        await RunToTheEnd(recorder);

        Assert.Equal(
            ["203.0.113.7 Abuse 0 1", "203.0.113.7 Auth 0 2", "203.0.113.7 Auth 1 1", "203.0.113.8 Auth 0 1"],
            Rows().Select(row => $"{row.Client} {row.Kind} {row.AtSeconds - Noon.ToUnixTimeSeconds()} {row.Count}").Order(StringComparer.Ordinal));
        Assert.Equal(Rows().Select(row => row.AtSeconds).Order(), Rows().Select(row => row.AtSeconds));
    }

    [Fact]
    public async Task What_a_client_sent_is_kept_only_up_to_a_length()
    {
        using var recorder = Recorder();
        recorder.Report(Failure(7) with { Path = new string('x', 8000) });

        await RunToTheEnd(recorder);

        Assert.Equal(200, Assert.Single(Rows()).Path.Length);
    }

    [Fact]
    public async Task A_failure_is_in_the_ledger_without_waiting_for_others()
    {
        using var recorder = Recorder();
        await recorder.StartAsync(TestContext.Current.CancellationToken);

        recorder.Report(Failure(7));

        await Until.True(() => Rows().Count == 1, TimeSpan.FromSeconds(20), "the row is there");
        await recorder.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task While_the_ledger_cannot_be_used_it_keeps_what_it_has_and_counts_what_it_drops()
    {
        const int Capacity = 50;
        var there = Path.Combine(_ledger.Directory, "later");
        var ledger = new LedgerFile(there, TimeProvider.System, _ledger.Log);
        using var recorder = new FailureRecorder(ledger, TimeProvider.System, _log, Capacity);
        await recorder.StartAsync(TestContext.Current.CancellationToken);

        // 50 sums pending, 50 failures in the channel, and no place for more.
        for (var i = 0; i < Capacity; i++)
            recorder.Report(Failure(i));
        await Until.True(() => _ledger.Log.Names.Contains("LedgerUnavailable"), TimeSpan.FromSeconds(20), "the writer has found no ledger");
        await Until.True(() => Reported(recorder, Failure(200)) && recorder.Dropped >= 30, TimeSpan.FromSeconds(20), "the channel is full");
        Assert.Equal(["LedgerUnavailable"], _ledger.Log.Names);
        await Until.True(() => _log.Names.Contains("FailuresDropped"), TimeSpan.FromSeconds(20), "drops are told");

        Directory.CreateDirectory(there);
        await Until.True(() => ledger.Run(batch => batch.Failures.After(0, 1000).Sum(row => row.Count)) == 2 * Capacity, TimeSpan.FromSeconds(20), "what was kept is written");
        await recorder.StopAsync(TestContext.Current.CancellationToken);

        var told = _log.Of("FailuresDropped").Sum(sentence => long.Parse(sentence.Split(' ')[0]));
        Assert.Equal(recorder.Dropped, told);
        // Told when it began and at the end, not two hundred times.
        Assert.InRange(_log.Names.Count(name => name == "FailuresDropped"), 1, 3);
    }

    [Fact]
    public async Task What_it_cannot_write_at_the_end_is_counted()
    {
        using var recorder = new FailureRecorder(new LedgerFile("/var/tmp/nowhere", TimeProvider.System, _ledger.Log), TimeProvider.System, _log);
        recorder.Report(Failure(7));
        recorder.Report(Failure(7));

        await RunToTheEnd(recorder);

        Assert.Equal(2, recorder.Dropped);
        Assert.Equal(["2 failures were dropped because the ledger could not take them in time"], _log.Of("FailuresDropped"));
    }

    [Fact]
    public async Task After_the_end_nothing_is_taken()
    {
        using var recorder = Recorder();
        await RunToTheEnd(recorder);

        recorder.Report(Failure(7));

        Assert.Equal(1, recorder.Dropped);
    }

    private static bool Reported(FailureRecorder recorder, Failure failure)
    {
        recorder.Report(failure);
        return true;
    }

    private static Failure Failure(int client, FailureKind kind = FailureKind.Auth, int ms = 0) =>
        new(Cidr.Parse($"203.0.113.{client}"), kind, Noon.AddMilliseconds(ms), "bad-key", "/upload");

    private static async Task RunToTheEnd(FailureRecorder recorder)
    {
        await recorder.StartAsync(TestContext.Current.CancellationToken);
        await recorder.StopAsync(TestContext.Current.CancellationToken);
    }

    private FailureRecorder Recorder() => new(_ledger.File, TimeProvider.System, _log);

    private List<FailureRow> Rows() => _ledger.Open().Run(ledger => ledger.Failures.After(0, 1000).ToList());
}
