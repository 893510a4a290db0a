using System.Diagnostics;
using Support;
using Support.Ledger;
using Uploader.Shared.Ledger;

namespace Shared.Tests.Ledger;

public sealed class LedgerSignalTests : IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);
    private readonly TempLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData(LedgerSignal.Failures, true, false)]
    [InlineData(LedgerSignal.Bans, false, true)]
    public async Task A_batch_raises_the_signal_of_what_it_wrote_and_no_other(string name, bool byFailures, bool byBans)
    {
        // The first time a signal's file is made, which is several changes.
        LedgerSignal.Raise(_ledger.Directory, LedgerSignal.Failures);
        LedgerSignal.Raise(_ledger.Directory, LedgerSignal.Bans);
        using var signal = new LedgerSignal(_ledger.Directory, name, Never);

        Assert.Equal(byFailures, await IsRaisedBy(signal, () => _ledger.File.Run(ledger => ledger.Failures.Append([Some.Failure()]))));
        Assert.Equal(byBans, await IsRaisedBy(signal, () => _ledger.File.Run(ledger => ledger.Bans.Insert(Some.Ban()))));
        Assert.Equal(byBans, await IsRaisedBy(signal, () => _ledger.File.Run(ledger => ledger.Status.PutDisk(new DiskSample(1, 1, 1, "ok", 1, default)))));
        Assert.False(await IsRaisedBy(signal, () => _ledger.File.Run(ledger => ledger.Bans.Of(Some.Client))));
    }

    [Fact]
    public async Task A_signal_raised_while_nobody_waits_is_one_reason_to_look_and_not_three()
    {
        using var signal = new LedgerSignal(_ledger.Directory, LedgerSignal.Bans, Never);
        for (var i = 0; i < 3; i++)
            LedgerSignal.Raise(_ledger.Directory, LedgerSignal.Bans);

        await signal.WaitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        // What inotify delivers late may wake a second time, never more.
        Assert.False(await IsRaisedBy(signal, () => { }) && await IsRaisedBy(signal, () => { }));
    }

    [Fact]
    public async Task Without_any_signal_the_poll_comes()
    {
        using var signal = new LedgerSignal(_ledger.Directory, LedgerSignal.Bans, TimeSpan.FromMilliseconds(50));

        var began = Stopwatch.GetTimestamp();
        await signal.WaitAsync(TestContext.Current.CancellationToken);

        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 45, 10_000);
    }

    [Fact]
    public async Task Without_a_directory_to_watch_the_poll_comes_and_watching_begins_when_there_is_one()
    {
        var later = Path.Combine(_ledger.Directory, "later");
        using var signal = new LedgerSignal(later, LedgerSignal.Bans, TimeSpan.FromMilliseconds(1));
        await signal.WaitAsync(TestContext.Current.CancellationToken);

        Directory.CreateDirectory(later);
        await signal.WaitAsync(TestContext.Current.CancellationToken);
        LedgerSignal.Raise(later, LedgerSignal.Bans);

        await Until.True(() => signal.IsWatching, TimeSpan.FromSeconds(20), "it watches");
    }

    /// <summary>Whether it comes within a time in which it always came (1 ms measured), or does not.</summary>
    private static async Task<bool> IsRaisedBy(LedgerSignal signal, Action act)
    {
        act();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        try
        {
            await signal.WaitAsync(stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
