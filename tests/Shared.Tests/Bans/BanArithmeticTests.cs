using CsCheck;
using Uploader.Shared.Bans;

namespace Shared.Tests.Bans;

public sealed class BanArithmeticTests
{
    private static readonly Jail Doubling = new()
    {
        Name = "test",
        Kinds = [FailureKind.Auth],
        BanTime = TimeSpan.FromMinutes(10),
        Increment = true,
        MaxTime = TimeSpan.FromDays(1),
    };

    [Theory]
    [InlineData(0, 600)]
    [InlineData(1, 1200)]
    [InlineData(2, 2400)]
    [InlineData(3, 4800)]
    [InlineData(4, 9600)]
    [InlineData(5, 19200)]
    [InlineData(6, 38400)]
    [InlineData(7, 76800)]
    [InlineData(8, 86400)]
    [InlineData(9, 86400)]
    [InlineData(10, 86400)]
    [InlineData(int.MaxValue, 86400)]
    public void A_ban_doubles_for_a_returning_address_up_to_the_cap(int earlierBans, double seconds) =>
        Assert.Equal(seconds, Seconds(Doubling, earlierBans));

    [Theory]
    [InlineData(19, 600d * (1 << 19))]
    [InlineData(20, 600d * (1 << 20))]
    [InlineData(21, 600d * (1 << 20))]
    [InlineData(1000, 600d * (1 << 20))]
    public void Without_a_cap_it_doubles_twenty_times(int earlierBans, double seconds) =>
        Assert.Equal(seconds, Seconds(Doubling with { MaxTime = null }, earlierBans));

    [Theory]
    [InlineData(0, 600)]
    [InlineData(1, 5 * 600)]
    [InlineData(2, 30 * 600)]
    [InlineData(3, 60 * 600)]
    [InlineData(4, 60 * 600)]
    [InlineData(99, 60 * 600)]
    public void Multipliers_take_the_place_of_the_powers_and_the_last_one_stays(int earlierBans, double seconds) =>
        Assert.Equal(seconds, Seconds(Doubling with { Multipliers = [1, 5, 30, 60] }, earlierBans));

    [Theory]
    [InlineData(0, 600)]
    [InlineData(1, 600)]
    [InlineData(2, 1200)]
    [InlineData(3, 2400)]
    public void The_factor_scales_all_but_the_first(int earlierBans, double seconds) =>
        Assert.Equal(seconds, Seconds(Doubling with { Factor = 0.5 }, earlierBans));

    [Theory]
    [InlineData(0, 0.999, 600)]
    [InlineData(1, 0, 1200)]
    [InlineData(1, 0.5, 1200 + 150)]
    [InlineData(8, 0.5, 86400 + 150)]
    public void The_random_part_comes_on_top_of_the_cap_but_not_on_the_first_ban(int earlierBans, double random, double seconds) =>
        Assert.Equal(seconds, BanArithmetic.Duration(Doubling with { RndTime = TimeSpan.FromMinutes(5) }, earlierBans, random)!.Value.TotalSeconds);

    [Fact]
    public void Without_increment_every_ban_is_as_long_as_the_first() =>
        Assert.Equal(600, Seconds(Doubling with { Increment = false, RndTime = TimeSpan.FromHours(1) }, 7));

    [Fact]
    public void The_first_ban_is_not_capped() =>
        Assert.Equal(600, Seconds(Doubling with { MaxTime = TimeSpan.FromSeconds(1) }, 0));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_ban_for_ever_stays_for_ever(int earlierBans) =>
        Assert.Null(BanArithmetic.Duration(Doubling with { BanTime = null }, earlierBans, 0.5));

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void What_no_date_can_hold_is_for_ever(double factor) =>
        Assert.Null(BanArithmetic.Duration(Doubling with { Factor = factor, MaxTime = null }, 3, 0));

    [Fact]
    public void No_input_overflows_and_no_ban_is_longer_than_the_cap_and_the_random_part() =>
        Gen.Select(Gen.Double, Gen.Double[0, 1], Gen.Int, Gen.Long[0, TimeSpan.MaxValue.Ticks], Gen.Long[0, TimeSpan.MaxValue.Ticks / 2], Gen.Long[0, TimeSpan.MaxValue.Ticks / 2])
            .Sample((factor, random, earlierBans, banTime, maxTime, rndTime) =>
            {
                var jail = Doubling with { Factor = factor, BanTime = new(banTime), MaxTime = new(maxTime), RndTime = new(rndTime) };
                var duration = BanArithmetic.Duration(jail, earlierBans, random);
                if (earlierBans <= 0)
                    return duration == jail.BanTime;
                // Doubles of that size are a few microseconds apart.
                return duration is null ? double.IsNaN(factor) : duration >= TimeSpan.Zero && duration.Value.TotalSeconds <= (jail.MaxTime.Value + jail.RndTime).TotalSeconds * (1 + 1e-12);
            });

    [Theory]
    [InlineData(0L, 600_000L, 600_000L)]
    [InlineData(1_700_000_000_000L, 1L, 1_700_000_000_001L)]
    public void An_end_is_the_beginning_and_the_length(long fromMs, long lengthMs, long endMs) =>
        Assert.Equal(endMs, Ban.End(fromMs, TimeSpan.FromMilliseconds(lengthMs)));

    [Fact]
    public void An_end_after_the_last_date_is_for_ever()
    {
        Assert.Equal(Ban.Forever, Ban.End(0, null));
        Assert.Equal(Ban.Forever, Ban.End(0, TimeSpan.MaxValue));
        Assert.Equal(Ban.Forever, Ban.End(long.MaxValue, TimeSpan.MaxValue));
        Assert.Equal("for ever", Ban.Written(Ban.Forever));
    }

    private static double Seconds(Jail jail, int earlierBans) => BanArithmetic.Duration(jail, earlierBans, random: 0)!.Value.TotalSeconds;
}
