using System.Collections.Immutable;
using Support.Ledger;
using Uploader.Shared.Ledger;

namespace Shared.Tests.Ledger;

public sealed class StatusBookTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");
    private static readonly SelfReport Self = new("0.1.0", 42, Noon.AddHours(-1), Noon, false, "all jobs on time");
    private static readonly DiskSample Sample = new(1, 2, 3, "Warning", 4, Noon);

    private readonly TempLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Nothing_was_told_yet() =>
        Assert.Equal((null, null, null), _ledger.File.Run(ledger => (ledger.Status.FindDisk(), ledger.Status.FindWorker(), ledger.Status.FindWeb())));

    [Fact]
    public void Each_subject_has_what_was_told_last()
    {
        JobStatus[] jobs = [new("ban-sweep", "1s", Noon, TimeSpan.FromMilliseconds(7), JobStatus.Done, Noon.AddSeconds(1), true, TimeSpan.FromMinutes(1), Noon.AddSeconds(-1)), new("night", "0 0 3 * * ?", null, default, "", null, false, TimeSpan.FromHours(2), null)];
        TallyMinute[] hour = [new(7, 1, 2, 3, ImmutableDictionary<string, long>.Empty.Add("bad-key", 4)), new(8, 0, 0, 1, [])];
        var worker = new WorkerStatus(Self, jobs, new DriftStatus(Noon, 1, 2, 3, Noon.AddDays(-1)));
        var web = new WebStatus(Self with { HasStopped = true }, 5, 6, hour, new ScannerStatus("it is away"));
        _ledger.File.Run(ledger =>
        {
            ledger.Status.PutDisk(Sample with { UsedBytes = 0 });
            ledger.Status.PutWorker(worker with { Jobs = [], Drift = null });
            ledger.Status.PutWeb(web with { Keys = 0 });
        });

        _ledger.File.Run(ledger =>
        {
            ledger.Status.PutDisk(Sample);
            ledger.Status.PutWorker(worker);
            ledger.Status.PutWeb(web);
        });

        var (disk, ofWorker, ofWeb) = _ledger.Open().Run(ledger => (ledger.Status.FindDisk(), ledger.Status.FindWorker()!, ledger.Status.FindWeb()!));
        Assert.Equal(Sample, disk);
        Assert.Equal((worker.Process, worker.Drift), (ofWorker.Process, ofWorker.Drift));
        Assert.Equal(jobs, ofWorker.Jobs);
        Assert.Equal((web.Process, 5, 6, web.Scanner), (ofWeb.Process, ofWeb.Keys, ofWeb.UnderWay, ofWeb.Scanner));
        Assert.Equal(["7 1 2 3 [bad-key, 4]", "8 0 0 1 "], ofWeb.Hour.Select(minute => $"{minute.Minute} {minute.Uploads} {minute.Bytes} {minute.Faults} {string.Join(' ', minute.Refusals)}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_scanner_that_answers_is_not_the_same_as_none(bool hasScanner)
    {
        var scanner = hasScanner ? new ScannerStatus(Trouble: null) : null;
        _ledger.File.Run(ledger => ledger.Status.PutWeb(new WebStatus(Self, 1, 0, [], scanner)));
        Assert.Equal(scanner, _ledger.File.Run(ledger => ledger.Status.FindWeb())!.Scanner);
    }

    [Fact]
    public void Only_what_the_web_process_waits_for_wakes_it_and_raises_the_revision()
    {
        var before = _ledger.File.Run(ledger => ledger.Revision);
        _ledger.File.Run(ledger => ledger.Status.PutWorker(new WorkerStatus(Self, [], null)));
        _ledger.File.Run(ledger => ledger.Status.PutWeb(new WebStatus(Self, 1, 0, [])));
        Assert.Equal((before, false, false), (_ledger.File.Run(ledger => ledger.Revision), IsRaised(LedgerSignal.Bans), IsRaised(LedgerSignal.Failures)));

        _ledger.File.Run(ledger => ledger.Status.PutDisk(Sample));
        Assert.Equal((before + 1, true, false), (_ledger.File.Run(ledger => ledger.Revision), IsRaised(LedgerSignal.Bans), IsRaised(LedgerSignal.Failures)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(89, true)]
    [InlineData(91, false)]
    [InlineData(-89, true)]
    [InlineData(-91, false)]
    public void Who_has_told_nothing_for_a_minute_and_a_half_is_not_known_to_be_alive(int seconds, bool isFresh) =>
        Assert.Equal(isFresh, Self.IsFresh(Noon.AddSeconds(seconds)));

    private bool IsRaised(string signal) => File.Exists(Path.Join(_ledger.Directory, signal));
}
