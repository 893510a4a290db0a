using LiteDB;
using Microsoft.Extensions.Time.Testing;
using Support;
using Support.Ledger;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;
using Uploader.Web.Banning;

namespace Web.Tests.Banning;

public sealed class BanListRefresherTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");
    private static readonly Cidr Client = Cidr.Parse("203.0.113.7");

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly TempLedger _ledger;
    private readonly LedgerSignal _signal;
    private readonly BanList _bans = new();
    private readonly List<DiskSample> _samples = [];
    private readonly BanListRefresher _refresher;
    private readonly EventLog<BanListRefresher> _log = new();

    public BanListRefresherTests()
    {
        _ledger = new TempLedger(_time);
        _signal = new LedgerSignal(_ledger.Directory, LedgerSignal.Bans);
        _refresher = new BanListRefresher(_ledger.Open(), _signal, _bans, _samples.Add, _time, _log);
    }

    public void Dispose()
    {
        _refresher.Dispose();
        _signal.Dispose();
        _ledger.Dispose();
    }

    [Fact]
    public void What_is_in_force_is_loaded_and_what_has_ended_is_not()
    {
        Insert(Client, Minutes(10));
        Insert(Cidr.Parse("203.0.113.8"), Minutes(-1));
        Insert(Cidr.Parse("203.0.113.9"), Ban.Forever);

        _refresher.Refresh();

        Assert.Equal((2, Minutes(10)), (_bans.Count, _bans.EndOf(Client)));
        Assert.Equal(["2 bans in force after reading the ledger"], _log.Of("BansCatchUp"));
    }

    [Fact]
    public void What_changes_afterwards_is_added()
    {
        _refresher.Refresh();

        Insert(Client, Minutes(10));
        _refresher.Refresh();
        Insert(Client, Minutes(20));
        Insert(Cidr.Parse("203.0.113.8"), Minutes(5));
        _refresher.Refresh();

        Assert.Equal((Minutes(20), Minutes(5)), (_bans.EndOf(Client), _bans.EndOf(Cidr.Parse("203.0.113.8"))));
    }

    [Fact]
    public void It_tells_how_far_it_is_as_long_as_it_lives_and_makes_no_revision_by_it()
    {
        Assert.Null(BanListMark.Read(_ledger.Directory));
        Insert(Client, Minutes(10));
        _refresher.Refresh();
        var loaded = Place();
        Assert.Equal(loaded, BanListMark.Read(_ledger.Directory));

        Insert(Client, Minutes(20));
        Assert.Equal(loaded, BanListMark.Read(_ledger.Directory));
        _refresher.Refresh();
        Assert.Equal(new(loaded.Generation, loaded.Revision + 1), BanListMark.Read(_ledger.Directory));
        Assert.Equal(Place(), BanListMark.Read(_ledger.Directory));

        _refresher.Dispose();
        Assert.Null(BanListMark.Read(_ledger.Directory));

        BanListPlace Place() => _ledger.File.Run(ledger => new BanListPlace(ledger.Generation, ledger.Revision));
    }

    [Fact]
    public void A_reader_at_the_wrong_moment_keeps_it_from_telling_no_longer_than_a_refresh()
    {
        using var starting = new BanListMark(_ledger.Directory);
        starting.Tell(new("", 1));
        _refresher.Refresh();
        Assert.Equal(new("", 1), BanListMark.Read(_ledger.Directory));

        starting.Dispose();
        _refresher.Refresh();
        Assert.NotEqual("", BanListMark.Read(_ledger.Directory)!.Value.Generation);
    }

    [Fact]
    public void A_lifted_ban_is_taken_away()
    {
        Insert(Client, Minutes(10));
        _refresher.Refresh();

        _ledger.File.Run(ledger => ledger.Bans.Lift(Client, Noon.ToUnixTimeMilliseconds()));
        _refresher.Refresh();

        Assert.Equal(0, _bans.EndOf(Client));
    }

    [Fact]
    public void A_ban_after_a_lift_stands()
    {
        Insert(Client, Minutes(10));
        _refresher.Refresh();

        _ledger.File.Run(ledger => ledger.Bans.Lift(Client, Noon.ToUnixTimeMilliseconds()));
        Insert(Client, Minutes(5));
        _refresher.Refresh();

        Assert.Equal(Minutes(5), _bans.EndOf(Client));
    }

    [Fact]
    public void A_hand_that_shortens_a_ban_shortens_it_here()
    {
        Insert(Client, Minutes(10));
        _refresher.Refresh();

        using (var database = new LiteDatabase(_ledger.DataPath))
        {
            var rows = database.GetCollection("bans");
            var row = rows.FindOne("addr = '203.0.113.7'");
            row["until"] = Minutes(1);
            row.Remove("rev");
            rows.Update(row);
        }

        _ledger.File.Run(ledger => ledger.Bans.Adopt(Noon.ToUnixTimeMilliseconds(), 100));
        _refresher.Refresh();

        Assert.Equal(Minutes(1), _bans.EndOf(Client));
    }

    [Fact]
    public void When_the_ledger_is_lost_what_is_in_memory_stays_in_force()
    {
        Insert(Client, Minutes(10));
        _refresher.Refresh();
        File.WriteAllText(_ledger.DataPath, "garbage, and not little of it");

        Insert(Cidr.Parse("203.0.113.8"), Minutes(5));
        _refresher.Refresh();

        Assert.Equal((Minutes(10), Minutes(5)), (_bans.EndOf(Client), _bans.EndOf(Cidr.Parse("203.0.113.8"))));
        Assert.Single(_ledger.Log.Of("LedgerQuarantined"));
    }

    [Fact]
    public void A_disk_sample_is_handed_on_once()
    {
        var sample = new DiskSample(1, 2, 3, "warn", 4, Noon);
        _ledger.File.Run(ledger => ledger.Status.PutDisk(sample));

        _refresher.Refresh();
        Insert(Client, Minutes(10));
        _refresher.Refresh();
        _ledger.File.Run(ledger => ledger.Status.PutDisk(sample with { UsedBytes = 9 }));
        _refresher.Refresh();

        Assert.Equal([1, 9], _samples.Select(taken => taken.UsedBytes));
    }

    [Fact]
    public void Ended_bans_leave_the_memory()
    {
        Insert(Client, Minutes(10));
        _refresher.Refresh();

        _time.Advance(TimeSpan.FromMinutes(11));
        _refresher.Refresh();

        Assert.Equal(0, _bans.Count);
    }

    [Fact]
    public async Task A_signal_is_all_it_takes()
    {
        await _refresher.StartAsync(TestContext.Current.CancellationToken);
        await _refresher.Ready;

        Insert(Client, Minutes(10));

        await Until.True(() => _bans.EndOf(Client) > 0, TimeSpan.FromSeconds(20), "the ban is in the list");
        await _refresher.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_ledger_the_service_becomes_ready_all_the_same()
    {
        using var signal = new LedgerSignal("/var/tmp/nowhere", LedgerSignal.Bans);
        using var refresher = new BanListRefresher(new LedgerFile("/var/tmp/nowhere", _time, _ledger.Log), signal, _bans, _samples.Add, _time, _log);

        await refresher.StartAsync(TestContext.Current.CancellationToken);
        await refresher.Ready.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.False(refresher.HasLoaded);
        Assert.Equal(["LedgerUnavailable"], _ledger.Log.Names);
        await refresher.StopAsync(TestContext.Current.CancellationToken);
    }

    private static long Minutes(int minutes) => Noon.AddMinutes(minutes).ToUnixTimeMilliseconds();

    private void Insert(Cidr client, long untilMs) =>
        _ledger.File.Run(ledger => ledger.Bans.Insert(new Ban(client, "auth", Noon.ToUnixTimeMilliseconds() - 1000, untilMs) { IsBySweep = true }));
}
