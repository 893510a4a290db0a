using Support.Ledger;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;
using Uploader.Worker.Jobs;

namespace Worker.Tests.Bans;

public sealed class LedgerTrimTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");
    private static readonly Cidr Client = Cidr.Parse("203.0.113.7");

    private readonly TempLedger _ledger = new();
    private readonly EventLog<LedgerTrim> _log = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Old_failures_and_long_ended_bans_go_however_many()
    {
        _ledger.File.Run(ledger =>
        {
            ledger.Failures.Append(Enumerable.Range(0, 2500).Select(_ => Failure(TimeSpan.FromHours(-25))));
            ledger.Failures.Append([Failure(TimeSpan.FromHours(-23)), Failure(TimeSpan.Zero)]);
            ledger.Bans.Insert(Ban(endedDaysAgo: 91));
            ledger.Bans.Insert(Ban(endedDaysAgo: 89));
        });

        Trim().Trim(Noon, TestContext.Current.CancellationToken);
        Trim().Trim(Noon, TestContext.Current.CancellationToken);

        Assert.Equal([2501, 2502], Ids());
        Assert.Equal(2, Assert.Single(_ledger.File.Run(ledger => ledger.Bans.Of(Client))).Id);
        Assert.Equal(["Trimmed 2500 failures and 1 bans from the ledger"], _log.Of("LedgerTrimmed"));
    }

    [Fact]
    public void A_lifted_ban_goes_as_long_after_its_lift_as_another_after_its_end_be_it_for_ever()
    {
        _ledger.File.Run(ledger =>
        {
            ledger.Bans.Insert(LiftedForEver(daysAgo: 91));
            ledger.Bans.Insert(LiftedForEver(daysAgo: 89));
            ledger.Bans.Insert(LiftedForEver(daysAgo: 91) with { LiftedMs = null });
            ledger.Bans.Insert(Ban(endedDaysAgo: 91) with { LiftedMs = Noon.AddDays(-92).ToUnixTimeMilliseconds() });
        });

        Trim().Trim(Noon, TestContext.Current.CancellationToken);

        Assert.Equal([2, 3], _ledger.File.Run(ledger => ledger.Bans.Of(Client)).Select(ban => ban.Id));
        Assert.Equal(["Trimmed 0 failures and 2 bans from the ledger"], _log.Of("LedgerTrimmed"));
    }

    [Fact]
    public void However_many_were_lifted_they_go()
    {
        _ledger.File.Run(ledger =>
        {
            for (var i = 0; i < 1500; i++)
                ledger.Bans.Insert(LiftedForEver(daysAgo: 91 + (i % 2)));
        });

        Trim().Trim(Noon, TestContext.Current.CancellationToken);

        Assert.Empty(_ledger.File.Run(ledger => ledger.Bans.Of(Client)));
    }

    [Fact]
    public void Failures_beyond_the_number_go_the_oldest_first_however_young()
    {
        _ledger.File.Run(ledger => ledger.Failures.Append(Enumerable.Range(0, 30).Select(_ => Failure(TimeSpan.Zero))));

        Trim(maxFailures: 10).Trim(Noon, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(21, 10).Select(id => (long)id), Ids());
    }

    [Fact]
    public void A_trimmed_ledger_does_not_grow()
    {
        long Size() => new FileInfo(_ledger.DataPath).Length;
        void Fill() => _ledger.File.Run(ledger => ledger.Failures.Append(Enumerable.Range(0, 2000).Select(_ => Failure(TimeSpan.FromDays(-2)))));

        Fill();
        var once = Size();
        for (var i = 0; i < 4; i++)
        {
            Trim().Trim(Noon, TestContext.Current.CancellationToken);
            Fill();
        }

        Assert.InRange(Size(), once, once * 1.3);
    }

    private static FailureRow Failure(TimeSpan ago) => new(0, Client, FailureKind.Auth, (Noon + ago).ToUnixTimeSeconds(), 1, "bad-key", "/upload");

    private static Ban Ban(int endedDaysAgo) => new(Client, "auth", 0, Noon.AddDays(-endedDaysAgo).ToUnixTimeMilliseconds()) { IsBySweep = true };

    private static Ban LiftedForEver(int daysAgo) =>
        new(Client, "manual", 0, Uploader.Shared.Bans.Ban.Forever) { LiftedMs = Noon.AddDays(-daysAgo).ToUnixTimeMilliseconds() };

    private LedgerTrim Trim(long maxFailures = 1_000_000) => new(_ledger.File, TimeSpan.FromDays(1), TimeSpan.FromDays(90), maxFailures, _log);

    private List<long> Ids() => _ledger.File.Run(ledger => ledger.Failures.After(0, 10_000).Select(row => row.Id).ToList());
}
