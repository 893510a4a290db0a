using Support;
using Support.Ledger;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Worker.Jobs;

namespace Worker.Tests.Jobs;

public sealed class DiskWatchTests : IDisposable
{
    private readonly Scratch _uploads = new();
    private readonly TempLedger _ledger = new();
    private readonly EventLog<DiskWatch> _log = new();

    public void Dispose()
    {
        _uploads.Dispose();
        _ledger.Dispose();
    }

    [Fact]
    public void Each_change_of_level_is_one_event_and_a_level_is_left_later_than_it_was_entered()
    {
        var watch = Watch(_ledger.File);
        (int Percent, string Level)[] days =
        [
            (10, "Normal"), (79, "Normal"), (80, "Warning"), (94, "Warning"), (95, "Critical"), (100, "Critical"),
            (93, "Critical"), (91, "Warning"), (78, "Warning"), (76, "Normal"), (77, "Normal"),
        ];

        foreach (var (percent, level) in days)
        {
            Use(percent);
            watch.Look(CancellationToken.None);
            Assert.Equal((percent, level), (percent, Told().Level));
        }

        Assert.Equal(
            ["Normal to Warning", "Warning to Critical", "Critical to Warning", "Warning to Normal"],
            _log.Of(nameof(Events.DiskLevelChanged)).Select(sentence => sentence[(sentence.IndexOf("from ", StringComparison.Ordinal) + 5)..sentence.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public void What_was_measured_reaches_the_ledger_with_the_time_its_walk_began()
    {
        Use(50);
        var before = TimeProvider.System.GetTimestamp();
        Watch(_ledger.File).Look(CancellationToken.None);

        var told = Told();
        Assert.Equal((500L, 1L), (told.UsedBytes, told.Files));
        Assert.InRange(told.WalkStartedMonotonic, before, TimeProvider.System.GetTimestamp());
        Assert.True(told.FreeBytes > 0);
    }

    [Fact]
    public void A_ledger_that_cannot_be_used_keeps_no_operator_from_being_told()
    {
        using var held = LedgerLock.Take(Path.Join(_ledger.Directory, "ledger.lock"), TimeSpan.FromSeconds(5));
        Use(96);
        var watch = Watch(_ledger.Open(patience: TimeSpan.FromMilliseconds(20)));

        watch.Look(CancellationToken.None);

        Assert.Single(_log.Of(nameof(Events.DiskLevelChanged)));
        Assert.Contains("Critical", watch.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_is_not_there_fails_the_job_and_says_where()
    {
        var gone = new UploaderOptions { Storage = new StorageOptions { Root = _uploads.Of("gone") } };
        var failure = Assert.ThrowsAny<IOException>(() => new DiskWatch(gone, _ledger.File, TimeProvider.System, _log).Look(CancellationToken.None));
        Assert.Contains(_uploads.Of("gone"), failure.Message, StringComparison.Ordinal);
    }

    private DiskWatch Watch(LedgerFile ledger) => new(
        new UploaderOptions { Storage = new StorageOptions { Root = _uploads.Path }, Disk = new DiskOptions { MaxBytes = 1000, MinFree = 0 } },
        ledger,
        TimeProvider.System,
        _log);

    private void Use(int percent) => _uploads.File("2026/11/23/a.png", new byte[percent * 10]);

    private DiskSample Told() => _ledger.File.Run(batch => batch.Status.FindDisk())!;
}
