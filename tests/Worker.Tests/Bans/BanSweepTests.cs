using System.Collections.Immutable;
using LiteDB;
using Support.Ledger;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;
using Uploader.Worker.Jobs;

namespace Worker.Tests.Bans;

public sealed class BanSweepTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");
    private static readonly Cidr Client = Cidr.Parse("203.0.113.7");

    private readonly TempLedger _ledger = new();
    private readonly EventLog<BanSweep> _log = new();
    private readonly BanSweep _sweep;

    public BanSweepTests() => _sweep = NewSweep();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Failures_earn_a_ban_from_the_last_of_them()
    {
        Fail(Client, 0, 1, 2, 3, 4);

        _sweep.Sweep(Noon.AddHours(1));

        var ban = Assert.Single(Bans());
        Assert.Equal(("auth", At(4), At(604), 5, true), (ban.Jail, ban.FromMs, ban.UntilMs, ban.Failures, ban.IsBySweep));
        Assert.Equal(["bad-key 0", "bad-key 1", "bad-key 2", "bad-key 3", "bad-key 4"], ban.Evidence.Select(line => $"{line.Code} {line.AtSeconds - Noon.ToUnixTimeSeconds()}"));
        Assert.Equal(["Banned 203.0.113.7 in jail auth until 2026-03-01T12:10:04Z (5 failures, 0 earlier bans)"], _log.Of("Banned"));
    }

    [Fact]
    public void What_earns_nothing_bans_nobody()
    {
        Fail(Client, 0, 1, 2, 3);
        Abuse(Client, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Fail(Cidr.Parse("203.0.113.8"), 0, 200, 400, 601, 800);

        _sweep.Sweep(Noon);

        Assert.Empty(Bans());
    }

    [Fact]
    public void Failures_add_up_over_sweeps_and_over_a_restart()
    {
        Fail(Client, 0, 1);
        _sweep.Sweep(Noon.AddSeconds(1));
        Fail(Client, 2, 3);
        NewSweep().Sweep(Noon.AddSeconds(3));
        Fail(Client, 4);

        NewSweep().Sweep(Noon.AddSeconds(4));

        Assert.Equal(At(604), Assert.Single(Bans()).UntilMs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void However_often_the_worker_restarts_the_bans_are_the_same(int failuresPerLife)
    {
        // Five failures, in flight during the ban some more, then back after it, three times over.
        long[] failures = [0, 1, 2, 3, 4, 5, 6, 605, 606, 607, 608, 609, 610, 1900, 1901, 1902, 1903, 1904];
        foreach (var life in failures.Chunk(failuresPerLife))
        {
            Fail(Client, life);
            NewSweep().Sweep(Noon.AddSeconds(life[^1]));
        }

        Assert.Equal([(At(4), At(604), 0), (At(609), At(609 + 1200), 1), (At(1904), At(1904 + 2400), 2)], Bans().Select(ban => (ban.FromMs, ban.UntilMs, ban.EarlierBans)));
    }

    [Fact]
    public void A_worker_that_was_down_for_a_day_bans_as_if_it_had_not_been()
    {
        Fail(Client, 0, 1, 2, 3, 4, 700, 701, 702, 703, 704);

        _sweep.Sweep(Noon.AddDays(1));

        Assert.Equal([(At(4), At(604)), (At(704), At(704 + 1200))], Bans().Select(ban => (ban.FromMs, ban.UntilMs)));
    }

    [Fact]
    public void A_lifted_address_starts_from_zero_and_stays_lifted()
    {
        Fail(Client, 0, 1, 2, 3, 4);
        _sweep.Sweep(Noon.AddSeconds(4));
        _ledger.File.Run(ledger => ledger.Bans.Lift(Client, At(10)));

        // Four more, with five before the lift within FindTime.
        Fail(Client, 11, 12, 13, 14);
        _sweep.Sweep(Noon.AddSeconds(14));
        NewSweep().Sweep(Noon.AddSeconds(15));
        Assert.Empty(_ledger.File.BansInForce(At(15)));

        Fail(Client, 15);
        _sweep.Sweep(Noon.AddSeconds(15));
        Assert.Equal(0, Assert.Single(_ledger.File.BansInForce(At(15))).EarlierBans);
        Assert.Equal(["Ban of 203.0.113.7 in jail auth ended (lifted)"], _log.Of("Unbanned"));
    }

    [Fact]
    public void Whoever_is_banned_five_times_a_day_is_banned_for_a_week()
    {
        long at = 0;
        for (var i = 0; i < 5; i++)
        {
            Fail(Client, at, at, at, at, at);
            _sweep.Sweep(Noon.AddSeconds(at));
            at = (Bans()[^1].UntilMs / 1000) - Noon.ToUnixTimeSeconds() + 1;
        }

        var bans = Bans();
        Assert.Equal(["auth", "auth", "auth", "auth", "auth", "recidive"], bans.Select(ban => ban.Jail));
        Assert.Equal(bans[4].FromMs, bans[5].FromMs);
        Assert.Equal(TimeSpan.FromDays(7).TotalMilliseconds, bans[5].UntilMs - bans[5].FromMs);
        Assert.All(bans[5].Evidence, line => Assert.Equal((FailureKind.Ban, "auth"), (line.Kind, line.Code)));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7", "203.0.113.0/24")]
    [InlineData("2001:db8::/64", "2001:db8::1")]
    public void An_exempt_address_is_never_banned_nor_the_network_it_is_in(string client, string exempt)
    {
        Fail(Cidr.Parse(client), 0, 1, 2, 3, 4);

        NewSweep(exempt: new AddressSet([Cidr.Parse(exempt)])).Sweep(Noon);

        Assert.Empty(Bans());
    }

    [Fact]
    public void The_random_part_is_drawn_once_and_kept()
    {
        var jail = Jail.Defaults[0] with { RndTime = TimeSpan.FromSeconds(100) };
        Fail(Client, 0, 1, 2, 3, 4);
        Fail(Client, 605, 605, 605, 605, 605);

        NewSweep(jails: [jail], random: () => 0.25).Sweep(Noon);
        NewSweep(jails: [jail], random: () => 0.99).Sweep(Noon);

        Assert.Equal([At(604), At(605 + 1200 + 25)], Bans().Select(ban => ban.UntilMs));
    }

    [Fact]
    public void A_row_written_by_hand_is_adopted_and_its_end_told()
    {
        _ledger.File.Run(_ => { });
        using (var database = new LiteDatabase(_ledger.DataPath))
        {
            database.GetCollection("bans").Insert(new BsonDocument { ["addr"] = "203.0.113.0/24", ["duration"] = "10m" });
            database.GetCollection("bans").Insert(new BsonDocument { ["addr"] = "nobody", ["duration"] = "10m" });
        }

        _sweep.Sweep(Noon);
        _sweep.Sweep(Noon.AddMinutes(10));

        Assert.Equal(Noon.AddMinutes(10).ToUnixTimeMilliseconds(), Assert.Single(Bans("203.0.113.0/24")).UntilMs);
        Assert.Equal(["ManualBansAdopted", "ManualBanRejected", "Unbanned"], _log.Names);
    }

    [Fact]
    public void The_end_of_a_ban_is_told_once()
    {
        Fail(Client, 0, 1, 2, 3, 4);
        _sweep.Sweep(Noon);
        _sweep.Sweep(Noon.AddSeconds(603));
        Assert.Empty(_log.Of("Unbanned"));

        _sweep.Sweep(Noon.AddSeconds(604));
        _sweep.Sweep(Noon.AddSeconds(605));

        Assert.Equal(["Ban of 203.0.113.7 in jail auth ended (expired)"], _log.Of("Unbanned"));
    }

    [Fact]
    public void Of_many_bans_at_once_the_first_fifty_are_told_one_by_one()
    {
        for (var i = 0; i < 120; i++)
            Fail(Cidr.Parse($"198.51.100.{i}"), 0, 0, 0, 0, 0);

        _sweep.Sweep(Noon);
        _sweep.Sweep(Noon.AddHours(1));

        Assert.Equal((50, 50), (_log.Of("Banned").Count(), _log.Of("Unbanned").Count()));
        Assert.Equal(["70 further bans and 0 further", "0 further bans and 70 further"], _log.Of("BansNotLogged").Select(sentence => sentence[..sentence.IndexOf(" ends", StringComparison.Ordinal)]));
    }

    [Fact]
    public void More_than_fits_into_one_hold_of_the_lock_is_judged_all_the_same()
    {
        _ledger.File.Run(ledger => ledger.Failures.Append(Enumerable.Range(0, 5000).Select(i => Row(Cidr.Parse($"10.0.{i / 5 / 250}.{i / 5 % 250}"), FailureKind.Auth, i % 5))));

        _sweep.Sweep(Noon);

        Assert.Equal(1000, _ledger.File.BansInForce(At(10)).Count());
    }

    [Fact]
    public void When_the_ledger_is_lost_the_bans_in_force_are_written_again()
    {
        Fail(Client, 0, 1, 2, 3, 4);
        Fail(Cidr.Parse("203.0.113.8"), -1000, -1000, -1000, -1000, -1000);
        Fail(Cidr.Parse("203.0.113.9"), 0, 1, 2, 3);
        _sweep.Sweep(Noon);
        File.WriteAllText(_ledger.DataPath, new string('?', 50_000));

        _sweep.Sweep(Noon.AddSeconds(10));
        Fail(Cidr.Parse("203.0.113.9"), 10);
        _sweep.Sweep(Noon.AddSeconds(11));

        Assert.Single(_ledger.Log.Of("LedgerQuarantined"));
        Assert.Equal([("203.0.113.7", At(604)), ("203.0.113.9", At(610))], _ledger.File.BansInForce(At(11)).Select(ban => (ban.Client.ToString(), ban.UntilMs)));
        Assert.Equal(3, _log.Of("Banned").Count());
        Assert.Single(_log.Of("BansRestored"));
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void After_the_clock_was_set_by_an_hour_new_failures_ban_at_once(int step)
    {
        Fail(Client, 0, 1, 2, 3);
        _sweep.Sweep(Noon);

        foreach (var at in Enumerable.Range(5, 5))
        {
            Fail(Client, at + step);
            _sweep.Sweep(Noon.AddSeconds(at + step));
        }

        Assert.Equal([At(9 + step)], Bans().Select(ban => ban.FromMs));
    }

    [Fact]
    public void A_clock_set_back_during_a_ban_neither_ends_nor_repeats_it()
    {
        Fail(Client, 0, 1, 2, 3, 4);
        _sweep.Sweep(Noon);

        _sweep.Sweep(Noon.AddHours(-1));
        NewSweep().Sweep(Noon.AddHours(-1));

        Assert.Equal(At(604), Assert.Single(Bans()).UntilMs);
        Assert.Empty(_log.Of("Unbanned"));
    }

    [Fact]
    public void A_batch_that_fails_is_judged_whole_the_next_time()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a tmpfs needs root");
        using var disk = new SmallDisk(2048);
        var ledger = new LedgerFile(disk.Directory, TimeProvider.System, _ledger.Log);
        var sweep = new BanSweep(ledger, Court(), _log);
        ledger.Run(batch => batch.Failures.Append(Enumerable.Range(0, 3).Select(at => Row(Client, FailureKind.Auth, at))));
        sweep.Sweep(Noon);
        ledger.Run(batch => batch.Failures.Append(Enumerable.Range(3, 2).Select(at => Row(Client, FailureKind.Auth, at))));
        disk.FillUpTo(0);

        // Tried twice: failures that were put into the windows twice would still be one ban, with the wrong evidence.
        Assert.Throws<LedgerUnavailableException>(() => sweep.Sweep(Noon));
        Assert.Throws<LedgerUnavailableException>(() => sweep.Sweep(Noon));
        Assert.Empty(_log.Of("Banned"));
        disk.Free();
        sweep.Sweep(Noon);

        var ban = Assert.Single(ledger.BansInForce(At(5)));
        Assert.Equal((At(4), 5, 5), (ban.FromMs, ban.Failures, Assert.Single(ledger.Run(batch => batch.Bans.Of(Client))).Evidence.Length));
    }

    private static long At(long second) => Noon.AddSeconds(second).ToUnixTimeMilliseconds();

    private static FailureRow Row(Cidr client, FailureKind kind, long second) => new(0, client, kind, Noon.ToUnixTimeSeconds() + second, 1, "bad-key", "/upload");

    private static BanCourt Court(ImmutableArray<Jail>? jails = null, AddressSet? exempt = null, Func<double>? random = null) =>
        new(jails ?? Jail.Defaults, exempt ?? AddressSet.Loopback, random ?? (() => 0));

    /// <summary>A worker that has just been started.</summary>
    private BanSweep NewSweep(ImmutableArray<Jail>? jails = null, AddressSet? exempt = null, Func<double>? random = null) =>
        new(_ledger.Open(), Court(jails, exempt, random), _log);

    private void Fail(Cidr client, params long[] seconds) => Write(client, FailureKind.Auth, seconds);

    private void Abuse(Cidr client, params long[] seconds) => Write(client, FailureKind.Abuse, seconds);

    private void Write(Cidr client, FailureKind kind, long[] seconds) =>
        _ledger.File.Run(ledger => ledger.Failures.Append(seconds.Select(second => Row(client, kind, second))));

    private List<Ban> Bans(string client = "203.0.113.7") => _ledger.File.Run(ledger => ledger.Bans.Of(Cidr.Parse(client)));
}
