using Support.Ledger;
using Uploader.Shared.Ledger;

namespace Shared.Tests.Ledger;

public sealed class LedgerOnAFullDiskTests
{
    /// <summary>From no byte to where the log fits and the data file cannot grow: LiteDB by itself hangs somewhere in between.</summary>
    public static TheoryData<int> Free => [0, 4096, 12288, 40960, 65536, 81920, 102400, 122880];

    [Theory]
    [MemberData(nameof(Free))]
    public async Task Earlier_batches_are_there_afterwards_and_later_ones_succeed_when_there_is_space_again(int free)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a tmpfs needs root");
        using var disk = new SmallDisk(4096);
        using var ledger = new TempLedgerOn(disk);
        ledger.File.Run(batch => batch.Failures.Append(Rows(1)));
        disk.FillUpTo(free);

        var acknowledged = 1;
        var refused = 0;
        for (; acknowledged < 50 && refused < 3;)
        {
            // On a thread of its own: a hang must fail the test, not hang it.
            var batch = Task.Run(() => ledger.File.Run(batch => batch.Failures.Append(Rows(acknowledged + 1))), TestContext.Current.CancellationToken);
            Assert.Same(batch, await Task.WhenAny(batch, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)));
            if (batch.IsCompletedSuccessfully)
                acknowledged++;
            else
                Assert.IsType<LedgerUnavailableException>(batch.Exception!.InnerException);
            refused += batch.IsFaulted ? 1 : 0;
        }

        Assert.Equal(3, refused);
        Assert.Equal(Enumerable.Range(1, acknowledged), Batches(ledger.File));

        disk.Free();
        ledger.File.Run(batch => batch.Failures.Append(Rows(acknowledged + 1)));

        Assert.Equal(Enumerable.Range(1, acknowledged + 1), Batches(ledger.Open()));
        Assert.DoesNotContain("LedgerQuarantined", ledger.Log.Names);
        Assert.Equal("LedgerUnavailable", ledger.Log.Names.First());
        Assert.Equal("LedgerRecovered", ledger.Log.Names.Last());
    }

    [Fact]
    public void A_disk_that_is_full_from_the_start_is_no_reason_to_fail_for_ever()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a tmpfs needs root");
        using var disk = new SmallDisk(1024);
        using var ledger = new TempLedgerOn(disk);
        disk.FillUpTo(0);

        Assert.Throws<LedgerUnavailableException>(() => ledger.File.Run(batch => batch.Failures.Append(Rows(1))));
        disk.Free();
        ledger.File.Run(batch => batch.Failures.Append(Rows(1)));

        Assert.Equal([1], Batches(ledger.File));
    }

    private static IEnumerable<FailureRow> Rows(int batch) => Enumerable.Repeat(Some.Failure(batch, new string('x', 200)), 100);

    private static IEnumerable<int> Batches(LedgerFile file) =>
        file.Run(batch => batch.Failures.After(0, 100_000).ToList()).GroupBy(row => row.AtSeconds).Where(rows => rows.Count() == 100).Select(rows => (int)rows.Key);

    private sealed class TempLedgerOn(SmallDisk disk) : IDisposable
    {
        private readonly TempLedger _ledger = new(directory: Directory.CreateDirectory(Path.Combine(disk.Directory, "state")).FullName);

        public LedgerFile File => _ledger.File;

        public EventLog<LedgerFile> Log => _ledger.Log;

        public LedgerFile Open() => _ledger.Open();

        public void Dispose() => _ledger.Dispose();
    }
}
