using CsCheck;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Shared.Tests.Bans;

public sealed class BanPolicyTests
{
    private static readonly Cidr Client = Cidr.Parse("203.0.113.7");

    private static readonly Jail Three = new()
    {
        Name = "three",
        Kinds = [FailureKind.Auth],
        MaxRetry = 3,
        FindTime = TimeSpan.FromSeconds(60),
        BanTime = TimeSpan.FromSeconds(100),
        Increment = true,
        MaxTime = TimeSpan.FromSeconds(350),
    };

    [Theory]
    [InlineData("", null)]
    [InlineData("1000", null)]
    [InlineData("1000 1001", null)]
    [InlineData("1000 1000 1000", 1000L)]
    [InlineData("1000 1030 1060", 1060L)]
    [InlineData("1000 1030 1061", null)]
    [InlineData("1000 1030 1061 1090", 1090L)]
    [InlineData("1000 1001 1002 1003 1004", 1002L)]
    [InlineData("1000 2000 3000 4000", null)]
    public void A_ban_falls_when_that_many_failures_lie_within_the_find_time(string failures, long? from)
    {
        var ban = BanPolicy.Judge(Three, Client, Seconds(failures), [], 0);

        Assert.Equal(from * 1000, ban?.FromMs);
        Assert.Equal((from + 100) * 1000, ban?.UntilMs);
    }

    [Theory]
    [InlineData("1101 1102 1103", 1103L)]
    [InlineData("1100 1101 1102", null)]
    [InlineData("1001 1050 1100", null)]
    [InlineData("1100 1101 1102 1103", 1103L)]
    public void Failures_up_to_the_end_of_a_ban_are_paid_for(string failures, long? from) =>
        Assert.Equal(from * 1000, BanPolicy.Judge(Three, Client, Seconds(failures), [Banned(1000, 1100)], 0)?.FromMs);

    [Theory]
    [InlineData("1000 1000 1030", null)]
    [InlineData("1030 1031 1032", null)]
    [InlineData("1031 1032 1033", 1033L)]
    public void A_lifted_address_starts_from_zero(string failures, long? from) =>
        Assert.Equal(from * 1000, BanPolicy.Judge(Three, Client, Seconds(failures), [Banned(1000, 1100) with { LiftedMs = 1_030_500 }], 0)?.FromMs);

    [Theory]
    [InlineData("1000 1000 1030", null)]
    [InlineData("1030 1031 1032", null)]
    [InlineData("1031 1032 1033", 1033L)]
    public void And_in_every_jail_whichever_banned_it(string failures, long? from) =>
        Assert.Equal(from * 1000, BanPolicy.Judge(Three, Client, Seconds(failures), [Banned(1000, 1100) with { Jail = "other", LiftedMs = 1_030_500 }], 0)?.FromMs);

    [Fact]
    public void Bans_before_a_lift_are_no_failures_to_recidive()
    {
        var recidive = Three with { Name = "recidive", Kinds = [FailureKind.Ban], FindTime = TimeSpan.FromDays(1) };
        List<Ban> history = [Banned(100, 200), Banned(300, 400), Banned(500, 600) with { LiftedMs = 550_000 }, Banned(700, 800)];

        Assert.Null(BanPolicy.Judge(recidive, Client, [100, 300, 700], history, 0));
        Assert.NotNull(BanPolicy.Judge(recidive, Client, [700, 900, 1100], history, 0));
    }

    [Theory]
    [InlineData("", 1000, 0)]
    [InlineData("1000 1001", 1060, 2)]
    [InlineData("1000 1001", 1061, 1)]
    [InlineData("1000 1001", 1062, 0)]
    public void An_address_stands_as_near_to_a_ban_as_it_has_failures_within_the_find_time(string failures, long now, int standing) =>
        Assert.Equal(standing, BanPolicy.Standing(Three, Seconds(failures), [], now));

    [Fact]
    public void Spent_failures_stand_against_nobody() =>
        Assert.Equal(1, BanPolicy.Standing(Three, Seconds("1000 1100 1101"), [Banned(1000, 1100)], 1110));

    [Fact]
    public void A_lifted_address_has_no_record_any_more()
    {
        List<Ban> history = [Banned(100, 200), Banned(1000, 1100) with { LiftedMs = 1_030_000 }, Banned(1200, 1300)];

        var ban = BanPolicy.Judge(Three, Client, Seconds("2000 2000 2000"), history, 0);

        Assert.Equal(1, ban!.EarlierBans);
    }

    [Fact]
    public void Lifted_from_any_jail_it_has_none_in_any() =>
        Assert.Equal(0, BanPolicy.Judge(Three, Client, Seconds("2000 2000 2000"), [Banned(100, 200), Banned(1000, 1100) with { Jail = "other", LiftedMs = 1_030_000 }], 0)!.EarlierBans);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 200)]
    [InlineData(2, 350)]
    public void Earlier_bans_of_the_jail_lengthen_the_next(int earlier, long seconds)
    {
        var history = Enumerable.Range(0, earlier).Select(i => Banned(i * 10, (i * 10) + 5)).ToList();

        var ban = BanPolicy.Judge(Three, Client, Seconds("2000 2000 2000"), history, 0)!;

        Assert.Equal((earlier, 2_000_000 + (seconds * 1000)), (ban.EarlierBans, ban.UntilMs));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Bans_of_other_jails_lengthen_it_only_when_the_jail_says_so(bool overallJails, int counted) =>
        Assert.Equal(counted, BanPolicy.Judge(Three with { OverallJails = overallJails }, Client, Seconds("2000 2000 2000"), [Banned(10, 20) with { Jail = "other" }], 0)!.EarlierBans);

    [Fact]
    public void A_ban_of_another_jail_pays_for_nothing() =>
        Assert.NotNull(BanPolicy.Judge(Three, Client, Seconds("1001 1002 1003"), [Banned(1000, 1100) with { Jail = "other" }], 0));

    [Fact]
    public void After_a_clock_was_set_back_an_hour_failures_before_the_latest_ban_count() =>
        Assert.Equal(6402_000, BanPolicy.Judge(Three, Client, Seconds("6400 6401 6402"), [Banned(10_000, 10_100)], 0)?.FromMs);

    [Fact]
    public void Only_bans_of_sweeps_in_other_jails_count_as_failures()
    {
        Ban[] history = [Banned(1, 2), Banned(1, 2) with { Jail = "other" }, Banned(1, 2) with { Jail = "other", IsBySweep = false }, Banned(1, 2) with { Jail = "other", LiftedMs = 1 }];

        Assert.Equal([history[1]], BanPolicy.CountedAsFailures(Three, history));
    }

    [Fact]
    public void The_defaults_are_those_of_the_documentation() =>
        Assert.Equal(
            ["auth 5 00:10:00 00:10:00 True 7.00:00:00", "abuse 10 00:10:00 01:00:00 True 7.00:00:00", "recidive 5 1.00:00:00 7.00:00:00 False "],
            Jail.Defaults.Select(jail => $"{jail.Name} {jail.MaxRetry} {jail.FindTime} {jail.BanTime} {jail.Increment} {jail.MaxTime}"));

    private static readonly Gen<long[]> GenFailures = Gen.Long[1_000_000, 1_002_000].Array[0, 60];

    [Fact]
    public void However_failures_are_cut_into_sweeps_the_bans_are_the_same() =>
        Gen.Select(GenFailures, Gen.Int[1, 10]).Sample((failures, sweep) =>
            Bans(failures.Order().Chunk(sweep)).SequenceEqual(Bans([failures])));

    [Fact]
    public void Within_a_sweep_their_order_does_not_matter() =>
        GenFailures.SelectMany(failures => Gen.Shuffle(failures).Select(shuffled => (failures, shuffled)))
            .Sample(both => Bans([both.failures]).SequenceEqual(Bans([both.shuffled])));

    [Fact]
    public void Judged_again_with_their_bans_known_failures_earn_nothing_more() =>
        GenFailures.Sample(failures =>
        {
            var bans = Bans([failures]);
            // Only those up to the last ban: what came after it may still be adding up.
            var replayed = failures.Where(at => bans.Count > 0 && at * 1000 <= bans[^1].FromMs && at * 1000 > bans[^1].FromMs - 60_000).Order().ToArray();
            return BanPolicy.Judge(Three, Client, replayed, bans, 0) is null;
        });

    [Fact]
    public void No_ban_begins_before_the_one_before_has_ended() =>
        GenFailures.Sample(failures =>
        {
            var bans = Bans([failures]);
            return bans.Zip(bans.Skip(1)).All(pair => pair.Second.FromMs > pair.First.UntilMs);
        });

    /// <summary>What the ban sweep does, without a ledger.</summary>
    private static List<Ban> Bans(IEnumerable<IEnumerable<long>> sweeps)
    {
        var windows = new FailureWindows(Three);
        var history = new List<Ban>();
        foreach (var at in sweeps.SelectMany(sweep => sweep.Order()))
        {
            var window = windows.Add(Client, at, 0, 1);
            if (!windows.IsFull(window) || BanPolicy.Judge(Three, Client, window.Failures.ToArray().Select(f => f.At).ToArray(), history, 0) is not { } ban)
                continue;
            history.Add(ban);
            windows.Remove(Client);
        }

        return history;
    }

    private static Ban Banned(long fromSeconds, long untilSeconds) => new(Client, Three.Name, fromSeconds * 1000, untilSeconds * 1000) { IsBySweep = true };

    private static long[] Seconds(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
}
