using Microsoft.Extensions.Time.Testing;
using Support;
using Support.Ledger;
using Uploader.Shared.Ledger;
using Uploader.Web.Banning;
using Uploader.Web.Health;

namespace Web.Tests.Health;

public sealed class LivenessTests
{
    private static readonly TimeSpan ATurn = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly EventLog<Liveness> _log = new();

    [Fact]
    public void It_is_alive_while_every_loop_comes_round()
    {
        var (one, other) = (new LoopSign(_time), new LoopSign(_time));
        var liveness = Of(one, other);

        for (var passed = TimeSpan.Zero; passed < 3 * Liveness.Patience; passed += ATurn)
        {
            _time.Advance(ATurn);
            one.ComeRound();
            other.ComeRound();
            Assert.True(liveness.IsAlive());
        }
    }

    [Fact]
    public void One_loop_that_does_not_come_round_is_enough_and_is_told_of_once()
    {
        var (one, other) = (new LoopSign(_time), new LoopSign(_time));
        var liveness = Of(one, other);

        _time.Advance(Liveness.Patience);
        one.ComeRound();
        Assert.True(liveness.IsAlive());
        _time.Advance(ATurn);
        one.ComeRound();

        Assert.False(liveness.IsAlive());
        Assert.False(liveness.IsAlive());
        Assert.Equal(["other has not come round for 61 s: no more watchdog pulses"], _log.Of("LoopStalled"));
        other.ComeRound();
        Assert.True(liveness.IsAlive());
    }

    [Fact]
    public async Task The_recorder_comes_round_without_any_failure()
    {
        using var ledger = new TempLedger();
        using var recorder = new FailureRecorder(ledger.Open(), _time, new EventLog<FailureRecorder>());
        await recorder.StartAsync(TestContext.Current.CancellationToken);

        await ComesRound(recorder.Sign);

        await recorder.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_refresher_comes_round_even_while_the_ledger_cannot_be_used()
    {
        using var ledger = new TempLedger();
        using var signal = new LedgerSignal(ledger.Directory, LedgerSignal.Bans);
        using var refresher = new BanListRefresher(ledger.Open(), signal, new BanList(), _ => { }, _time, new EventLog<BanListRefresher>());
        // Not one that root could open all the same.
        Directory.CreateDirectory(Path.Join(ledger.Directory, "ledger.lock"));
        await refresher.StartAsync(TestContext.Current.CancellationToken);

        await ComesRound(refresher.Sign);

        Assert.False(refresher.HasLoaded);
        await refresher.StopAsync(TestContext.Current.CancellationToken);
    }

    private Liveness Of(LoopSign one, LoopSign other) =>
        new(new Dictionary<string, LoopSign>(StringComparer.Ordinal) { ["one"] = one, ["other"] = other }, _log);

    /// <summary>Three times, while its clock is moved.</summary>
    private async Task ComesRound(LoopSign sign)
    {
        var times = 0;
        await Until.True(
            () =>
            {
                times += sign.Silence == TimeSpan.Zero ? 1 : 0;
                _time.Advance(TimeSpan.FromSeconds(10));
                return times > 3;
            },
            TimeSpan.FromSeconds(60),
            "the loop comes round");
    }
}
