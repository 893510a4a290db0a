using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Keys;
using Uploader.Web.Admission;
using Uploader.Web.Refusals;

namespace Web.Tests.Admission;

public sealed class QuotaGateTests
{
    private const long Quota = 1000;
    private static readonly DateTimeOffset Evening = new(2026, 3, 9, 23, 59, 0, TimeSpan.Zero);
    private static readonly NamedKey Alice = NamedKey.Of("alice", "key", new KeyOptions { BytesPerDay = Quota });
    private static readonly NamedKey Bob = NamedKey.Of("bob", "other");

    private readonly FakeTimeProvider _clock = new(Evening);
    private readonly QuotaGate _gate;

    public QuotaGateTests() => _gate = new QuotaGate(_clock);

    [Fact]
    public void Until_today_is_summed_a_key_with_a_quota_waits_and_others_do_not()
    {
        Assert.Equal(Catalogue.Busy.Code, Ask(Alice, 10, out _)?.Code);
        Assert.True(_gate.Wanted.TryRead(out _), "the walk was asked for");
        Assert.Null(Ask(Bob, 10_000_000, out var bob));
        bob.Dispose();
    }

    [Fact]
    public void What_lay_on_the_disk_before_counts()
    {
        Measure(("alice", 900));
        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(Alice, 101, out _)?.Code);
        Assert.Null(Ask(Alice, 100, out var rest));
        rest.Dispose();
    }

    [Fact]
    public void What_is_declared_is_held_and_what_was_not_stored_is_given_back()
    {
        Measure();
        Assert.Null(Ask(Alice, 600, out var first));
        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(Alice, 600, out _)?.Code);
        first.Committed(200, _clock.GetUtcNow());
        first.Dispose();

        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(Alice, 801, out _)?.Code);
        Assert.Null(Ask(Alice, 800, out var second));
        second.Dispose();
    }

    [Fact]
    public void The_form_around_the_files_does_not_count()
    {
        Measure();
        Assert.Null(Ask(Alice, Quota + 200, out var exact, formSize: 200));
        Assert.Null(exact.RefusesMore(Quota));
        Assert.Equal(Catalogue.LargerThanQuota.Code, exact.RefusesMore(1)?.Code);
        exact.Committed(Quota, _clock.GetUtcNow());
        exact.Dispose();
        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(Alice, 200, out _, formSize: 200)?.Code);
    }

    [Theory]
    [InlineData(1000L, null)]
    [InlineData(1001L, "larger-than-quota")]
    [InlineData(long.MaxValue, "larger-than-quota")]
    public void What_alone_is_more_than_a_days_worth_will_not_fit_tomorrow_either(long declared, string? code)
    {
        Measure();
        Assert.Equal(code, Ask(Alice, declared, out var reservation)?.Code);
        reservation?.Dispose();
    }

    [Fact]
    public void A_body_without_length_takes_as_it_comes_and_never_more_than_is_left()
    {
        Measure(("alice", 400));
        Assert.Null(Ask(Alice, null, out var first));
        Assert.Null(Ask(Alice, null, out var second));
        Assert.Null(first.RefusesMore(300));
        Assert.Equal(Catalogue.QuotaUsedUp.Code, second.RefusesMore(301)?.Code);

        first.Return(300);
        first.Dispose();
        Assert.Null(second.RefusesMore(600));
        second.Dispose();
    }

    [Fact]
    public void With_the_quota_used_up_it_is_told_how_long_until_midnight()
    {
        Measure(("alice", Quota));
        Assert.Equal(TimeSpan.FromMinutes(1), Ask(Alice, 1, out _)?.RetryAfter);
    }

    [Fact]
    public void A_new_day_begins_empty_but_for_what_is_in_flight()
    {
        Measure(("alice", 300));
        Assert.Null(Ask(Alice, 700, out var overnight));
        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(Alice, 1, out _)?.Code);

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(Alice, 301, out _)?.Code);
        overnight.Committed(700, _clock.GetUtcNow());
        overnight.Dispose();
        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(Alice, 301, out _)?.Code);
        Assert.Null(Ask(Alice, 300, out var rest));
        rest.Dispose();
        Assert.False(_gate.Wanted.TryRead(out _), "a day that begins needs no walk");
    }

    [Fact]
    public void What_was_stored_under_yesterday_does_not_count_today()
    {
        Measure();
        Assert.Null(Ask(Alice, 700, out var late));
        late.Committed(700, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromMinutes(2));
        late.Dispose();
        Assert.Null(Ask(Alice, Quota, out var whole));
        whole.Dispose();
    }

    [Fact]
    public void A_walk_that_ends_after_midnight_says_nothing_of_the_new_day()
    {
        var yesterday = _gate.BeginMeasuring();
        _clock.Advance(TimeSpan.FromMinutes(2));
        _gate.Measured(yesterday, new Dictionary<string, long> { ["alice"] = Quota });
        Assert.Null(Ask(Alice, Quota, out var whole));
        whole.Dispose();
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_it_sum_anew_and_so_does_the_way_forth_again()
    {
        Measure(("alice", 10));
        foreach (var day in (DateTimeOffset[])[Evening.AddDays(-1), Evening])
        {
            _clock.AdjustTime(day);
            Assert.Equal(Catalogue.Busy.Code, Ask(Alice, 10, out _)?.Code);
            Assert.True(_gate.Wanted.TryRead(out _), "the walk was asked for");
            Measure(("alice", Quota));
            Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(Alice, 10, out _)?.Code);
        }
    }

    [Fact]
    public void What_a_key_without_a_quota_stores_counts_for_the_day_it_gets_one()
    {
        Measure(("bob", 100));
        Assert.Null(Ask(Bob, 700, out var unlimited));
        Assert.Null(unlimited.RefusesMore(700));
        unlimited.Committed(700, _clock.GetUtcNow());
        unlimited.Dispose();

        var limited = Bob with { Options = Alice.Options };
        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(limited, 201, out _)?.Code);
        Assert.Null(Ask(limited, 200, out var rest));
        rest.Dispose();
    }

    [Fact]
    public void Two_keys_of_one_name_share_what_the_name_has_stored()
    {
        Measure();
        Assert.Null(Ask(Alice, 800, out var old));
        Assert.Equal(Catalogue.QuotaUsedUp.Code, Ask(NamedKey.Of("alice", "successor", Alice.Options), 201, out _)?.Code);
        old.Dispose();
    }

    [Fact]
    public void Many_at_once_never_hold_more_than_there_is()
    {
        Measure();
        var held = 0L;
        var most = 0L;
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (Ask(Alice, i % 3 == 0 ? null : 90, out var reservation) is not null)
                return;
            if (reservation.RefusesMore(90) is null)
            {
                var now = Interlocked.Add(ref held, 90);
                InterlockedMax(ref most, now);
                Interlocked.Add(ref held, -90);
            }

            reservation.Dispose();
        });

        Assert.InRange(most, 90, Quota);
        Assert.Null(Ask(Alice, Quota, out var whole));
        whole.Dispose();
    }

    private static void InterlockedMax(ref long most, long value)
    {
        long seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    private void Measure(params (string Key, long Bytes)[] stored) =>
        _gate.Measured(_gate.BeginMeasuring(), stored.ToDictionary(one => one.Key, one => one.Bytes));

    private Refusal? Ask(NamedKey key, long? declared, out QuotaReservation reservation, long formSize = 0)
    {
        var refusal = _gate.Refuses(key, declared, formSize, out var held);
        reservation = held!;
        return refusal;
    }
}
