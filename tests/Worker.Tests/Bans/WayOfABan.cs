using Microsoft.Extensions.Logging.Abstractions;
using Support.Ledger;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;
using Uploader.Web.Banning;
using Uploader.Worker.Jobs;

namespace Worker.Tests.Bans;

/// <summary>Both ends of the way of a ban in one process: a real ledger, real locks, real signals, a file object for each side.</summary>
internal sealed class WayOfABan : IAsyncDisposable
{
    private readonly TempLedger _ledger = new();
    private readonly LedgerSignal _failures;
    private readonly LedgerSignal _bans;
    private readonly BanListRefresher _refresher;
    private readonly BanSweepNudge _nudge;

    private WayOfABan()
    {
        _failures = new LedgerSignal(_ledger.Directory, LedgerSignal.Failures);
        _bans = new LedgerSignal(_ledger.Directory, LedgerSignal.Bans);
        Sweep = new BanSweep(_ledger.Open(), new BanCourt(Jail.Defaults, AddressSet.Loopback, () => 0), NullLogger<BanSweep>.Instance);
        _nudge = new BanSweepNudge(Sweep, _failures, TimeProvider.System, NullLogger<BanSweepNudge>.Instance);
        Recorder = new FailureRecorder(_ledger.File, TimeProvider.System, NullLogger<FailureRecorder>.Instance);
        _refresher = new BanListRefresher(_ledger.File, _bans, List, _ => { }, TimeProvider.System, NullLogger<BanListRefresher>.Instance);
        Gate = new BanGate(List, AddressSet.Loopback);
    }

    public FailureRecorder Recorder { get; }

    public BanSweep Sweep { get; }

    public BanList List { get; } = new();

    public BanGate Gate { get; }

    public TempLedger Ledger => _ledger;

    public static async Task<WayOfABan> Open()
    {
        var way = new WayOfABan();
        await way._refresher.StartAsync(CancellationToken.None);
        await way._refresher.Ready;
        await way.Recorder.StartAsync(CancellationToken.None);
        await way._nudge.StartAsync(CancellationToken.None);
        return way;
    }

    public void Fail(Cidr client) => Recorder.Report(new Failure(client, FailureKind.Auth, TimeProvider.System.GetUtcNow(), "bad-key", "/upload"));

    public bool IsBanned(Cidr client) => Gate.IsBanned(client, TimeProvider.System.GetUtcNow(), out _);

    public async ValueTask DisposeAsync()
    {
        await Recorder.StopAsync(CancellationToken.None);
        await _nudge.StopAsync(CancellationToken.None);
        await _refresher.StopAsync(CancellationToken.None);
        Recorder.Dispose();
        _nudge.Dispose();
        _refresher.Dispose();
        _failures.Dispose();
        _bans.Dispose();
        _ledger.Dispose();
    }
}
