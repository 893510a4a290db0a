using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Support.Ledger;
using Uploader.Shared.Ledger;
using Uploader.Web.Authentication;
using Uploader.Web.Banning;
using Uploader.Web.Health;
using Uploader.Web.RateLimiting;
using Uploader.Web.Refusals;
using Uploader.Web.Reporting;
using Uploader.Web.Scanning;

namespace Web.Tests.Health;

/// <summary>What the web process tells, and how seldom.</summary>
public sealed class WebTellerTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly TempLedger _ledger;
    private readonly KeyWatch _keys;
    private readonly ConcurrencyGate _uploads = new(8, 8);
    private readonly ScannerWatch _scanner;
    private LedgerFile _shared = null!;
    private Tally _tally = null!;
    private WebTeller _teller = null!;

    public WebTellerTests()
    {
        _ledger = new TempLedger(_time);
        _keys = new KeyWatch("/nonexistent/keys", null, _time, NullLogger<KeyWatch>.Instance);
        _scanner = new ScannerWatch(clamd: null, new ScannerSign(_time, NullLogger<ScannerSign>.Instance), _time, NullLogger<ScannerWatch>.Instance);
        Start();
    }

    public void Dispose()
    {
        _teller.Dispose();
        _scanner.Dispose();
        _keys.Dispose();
        _ledger.Dispose();
    }

    [Fact]
    public void The_hour_and_the_process_are_told()
    {
        _tally.Stored(7);
        _tally.Refused(Catalogue.BadKey);
        using var inside = _uploads.TryEnter(Uploader.Shared.Addresses.Cidr.Parse("203.0.113.7"));
        _teller.Look();

        var told = Told();
        Assert.Equal((0, 1, Noon, Noon, false), (told.Keys, told.UnderWay, told.Process.StartedAt, told.Process.ToldAt, told.Process.HasStopped));
        var minute = Assert.Single(told.Hour);
        Assert.Equal((1, 7, 1), (minute.Uploads, minute.Bytes, minute.Refusals["bad-key"]));
    }

    [Fact]
    public void While_nothing_happens_a_minute_costs_two_writes_and_under_load_twelve()
    {
        Assert.Equal(2, WritesInAMinute(() => { }));
        Assert.Equal(12, WritesInAMinute(() => _tally.Refused(Catalogue.Banned)));
    }

    [Fact]
    public async Task A_restart_does_not_lose_the_hour()
    {
        _tally.Stored(7);
        _teller.Look();
        _tally.Stored(8);
        await _teller.StoppedAsync(CancellationToken.None);
        Assert.True(Told().Process.HasStopped);

        _time.Advance(TimeSpan.FromMinutes(10));
        Start();
        _tally.Stored(9);
        _teller.Look();

        Assert.Equal([15L, 9L], Told().Hour.Select(minute => minute.Bytes));
        Assert.Equal((false, Noon.AddMinutes(10)), (Told().Process.HasStopped, Told().Process.StartedAt));
    }

    [Fact]
    public void A_ledger_that_is_busy_at_the_start_is_asked_again_before_anything_is_overwritten()
    {
        _tally.Stored(7);
        _teller.Look();
        Start();
        using (LedgerLock.Take(Path.Join(_ledger.Directory, "ledger.lock"), TimeSpan.FromSeconds(5)))
            Assert.Throws<LedgerBusyException>(_teller.Look);

        _teller.Look();

        Assert.Equal([7L], Told().Hour.Select(minute => minute.Bytes));
    }

    [Fact]
    public void A_ledger_that_was_begun_anew_is_told_all_again()
    {
        _tally.Stored(7);
        _teller.Look();
        File.WriteAllText(_ledger.DataPath, "garbage, and not little of it");
        _ledger.File.Run(ledger => ledger.Revision);

        _teller.Look();
        Assert.Null(_ledger.File.Run(ledger => ledger.Status.FindWeb())); // Nobody of this process has met the new one yet.
        _shared.Run(ledger => ledger.Revision); // As the refresher of bans does each second.
        _teller.Look();

        Assert.Equal([7L], Told().Hour.Select(minute => minute.Bytes));
    }

    private void Start()
    {
        _teller?.Dispose();
        _shared = _ledger.Open(patience: TimeSpan.FromMilliseconds(100));
        _tally = new Tally(_time);
        _teller = new WebTeller(_tally, _keys, _uploads, _scanner, new StatusSentence(_keys, new BanList(), _uploads), _shared, _time, NullLogger<WebTeller>.Instance);
    }

    private int WritesInAMinute(Action each)
    {
        _teller.Look();
        var told = new HashSet<DateTimeOffset> { Told().Process.ToldAt };
        var before = told.Count;
        for (var look = 0; look < 12; look++)
        {
            _time.Advance(WebTeller.BusyEvery);
            each();
            _teller.Look();
            told.Add(Told().Process.ToldAt);
        }

        return told.Count - before;
    }

    private WebStatus Told() => _ledger.File.Run(ledger => ledger.Status.FindWeb())!;
}
