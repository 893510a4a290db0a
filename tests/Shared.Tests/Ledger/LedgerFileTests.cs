using Microsoft.Extensions.Time.Testing;
using Support.Ledger;
using Uploader.Shared.Ledger;

namespace Shared.Tests.Ledger;

public sealed class LedgerFileTests : IDisposable
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("TEST_OF_UPLOADER_DAMAGED_LEDGERS") ?? "30");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-01T12:00:00Z"));
    private readonly TempLedger _ledger;

    public LedgerFileTests() => _ledger = new TempLedger(_time);

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void What_a_batch_wrote_is_there_for_the_next()
    {
        _ledger.File.Run(ledger => ledger.Failures.Append([Some.Failure(at: 7)]));

        var row = Assert.Single(_ledger.Open().Run(ledger => ledger.Failures.After(0, 10).ToList()));

        Assert.Equal(Some.Failure(at: 7) with { Id = 1 }, row);
    }

    [Fact]
    public void A_batch_that_throws_has_written_nothing()
    {
        _ledger.File.Run(ledger => ledger.Failures.Append([Some.Failure()]));

        Assert.Throws<NotSupportedException>(() => _ledger.File.Run(ledger =>
        {
            ledger.Failures.Append(Enumerable.Repeat(Some.Failure(), 3000));
            throw new NotSupportedException();
        }));

        Assert.Equal((1, 1L), _ledger.File.Run(ledger => (ledger.Failures.After(0, 5000).Count(), ledger.Failures.Newest)));
    }

    [Fact]
    public void A_mistake_in_a_batch_does_not_cost_a_good_ledger()
    {
        _ledger.File.Run(ledger => ledger.Bans.Insert(Some.Ban()));

        Assert.Throws<IndexOutOfRangeException>(() => _ledger.File.Run(ledger => ledger.Bans.Of(Some.Client).ToArray()[1]));

        Assert.Empty(_ledger.Log.Names);
        Assert.Single(_ledger.File.Run(ledger => ledger.Bans.Of(Some.Client)));
    }

    [Fact]
    public void Each_batch_that_writes_has_a_revision_of_its_own_and_reading_has_none()
    {
        long Revision(Action<LedgerBatch> act) => _ledger.File.Run(ledger =>
        {
            act(ledger);
            return ledger.Revision;
        });

        var first = Revision(ledger => ledger.Failures.Append([Some.Failure(), Some.Failure()]));
        var second = Revision(ledger => ledger.Bans.Insert(Some.Ban()));
        var reading = Revision(ledger => _ = ledger.Failures.After(0, 10).ToList());

        Assert.Equal((first + 1, first + 1), (second, reading));
    }

    [Fact]
    public void Only_the_owner_reads_it_whatever_the_umask()
    {
        _ledger.File.Run(ledger =>
        {
            ledger.Failures.Append([Some.Failure()]);
            ledger.Bans.Insert(Some.Ban());
        });

        Assert.All(
            Directory.GetFiles(_ledger.Directory),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(
            ["bans.signal", "failures.signal", "ledger-log.db", "ledger.db", "ledger.lock"],
            Directory.GetFiles(_ledger.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Threads_take_turns()
    {
        await Parallel.ForAsync(0, 40, (_, _) =>
        {
            _ledger.File.Run(ledger => ledger.Failures.Append([Some.Failure()]));
            return ValueTask.CompletedTask;
        });

        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), _ledger.File.Run(ledger => ledger.Failures.After(0, 100).Select(row => row.Id).ToList()));
    }

    [Fact]
    public void A_process_that_stopped_while_it_held_the_lock_is_reported_and_not_waited_for()
    {
        var other = _ledger.Open(TimeSpan.FromMilliseconds(50));

        _ledger.File.Run(_ =>
        {
            Assert.Throws<LedgerBusyException>(() => other.Run(_ => { }));
            Assert.Throws<LedgerBusyException>(() => other.Run(_ => { }));
        });
        other.Run(_ => { });

        Assert.Equal(["LedgerUnavailable", "LedgerRecovered"], _ledger.Log.Names);
    }

    public static TheoryData<string> Damages => [.. Damage.All.Keys];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_ledger_that_cannot_be_read_is_put_aside_and_a_new_one_begun(string damage)
    {
        var before = _ledger.File.Run(ledger =>
        {
            ledger.Failures.Append(Enumerable.Repeat(Some.Failure(), 2000));
            return ledger.Generation;
        });
        Damage.All[damage](_ledger.DataPath);
        var bytes = new FileInfo(_ledger.DataPath).Length;

        var (after, id) = _ledger.File.Run(ledger =>
        {
            _ = ledger.Failures.After(0, 5000).ToList();
            ledger.Failures.Append([Some.Failure()]);
            return (ledger.Generation, ledger.Failures.Newest);
        });

        Assert.NotEqual(before, after);
        Assert.Equal(1, id);
        var aside = Path.Combine(_ledger.Directory, "ledger.db.corrupt-20260301T120000Z");
        Assert.Contains(aside, Assert.Single(_ledger.Log.Of("LedgerQuarantined")), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(aside).Length, bytes - 8191, bytes);
    }

    [Fact]
    public void Of_the_files_put_aside_the_latest_three_are_kept()
    {
        for (var i = 0; i < 5; i++)
        {
            _ledger.File.Run(_ => { });
            Damage.All["garbage"](_ledger.DataPath);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _ledger.File.Run(_ => { });

        Assert.Equal(
            ["ledger.db.corrupt-20260301T120003Z", "ledger.db.corrupt-20260301T120004Z", "ledger.db.corrupt-20260301T120005Z"],
            Directory.GetFiles(_ledger.Directory, "ledger.db.c*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_page_is_broken_batches_go_on_and_the_process_lives()
    {
        // Each with one random page of a table or index overwritten, whole or in part: read, written, put aside or not, but used again at once.
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var ledger = new TempLedger();
            ledger.File.Run(batch =>
            {
                batch.Failures.Append(Enumerable.Range(0, 300).Select(i => Some.Failure(at: i)));
                for (var i = 0; i < 100; i++)
                    batch.Bans.Insert(Some.Ban($"203.0.113.{i}"));
            });
            Damage.RandomPage(ledger.DataPath, pageSize: 8192, seed);

            for (var i = 0; i < 3; i++)
            {
                ledger.File.Run(batch =>
                {
                    _ = batch.Failures.After(0, 5000).ToList();
                    batch.Failures.Append(Enumerable.Range(0, 50).Select(i => Some.Failure(at: i)));
                    batch.Bans.Of(Some.Client);
                    batch.Bans.Insert(Some.Ban());
                    batch.Failures.Trim(20, long.MaxValue, 1000, 100);
                });
            }
        }

        // LiteDB's finalizers throw; one that did would end this process here.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Fact]
    public void A_missing_directory_is_reported_once_and_nothing_is_put_aside()
    {
        var nowhere = new LedgerFile(Path.Combine(_ledger.Directory, "nowhere"), _ledger.Time, _ledger.Log);

        for (var i = 0; i < 3; i++)
            Assert.Throws<LedgerUnavailableException>(() => nowhere.Run(_ => { }));

        Assert.Equal(["LedgerUnavailable"], _ledger.Log.Names);
    }
}
