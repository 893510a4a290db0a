using CsCheck;
using Uploader.Web.RateLimiting;

namespace Web.Tests.RateLimiting;

public sealed class TokenBucketTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1000 * Millisecond;

    [Theory]
    [InlineData(5, 10, 200, 2000)]
    [InlineData(1, 1, 1000, 1000)]
    [InlineData(0.5, 3, 2000, 6000)]
    [InlineData(1000, 1, 1, 1)]
    public void A_token_comes_back_at_the_rate_and_the_bucket_fills_with_the_burst(double rate, int burst, long intervalMs, long refillMs)
    {
        var bucket = new TokenBucket(rate, burst, Second);
        Assert.Equal(intervalMs * Millisecond, bucket.Interval);
        Assert.Equal(refillMs * Millisecond, bucket.Refill);
    }

    [Fact]
    public void A_rate_that_does_not_divide_the_second_is_rounded_down() => Assert.Equal(333_333_334, new TokenBucket(3, 1, Second).Interval);

    [Theory]
    // 2 a second, burst 3: at which milliseconds requests come, and what becomes of each.
    [InlineData("0 0 0 0", "yes yes yes 500")]
    [InlineData("0 0 0 499 500 500", "yes yes yes 1 yes 500")]
    [InlineData("0 0 0 1499 1500 1500 1500 1500", "yes yes yes yes yes yes 500 500")]
    [InlineData("0 500 1000 1500 2000", "yes yes yes yes yes")]
    [InlineData("0 250 500 750 1000 1250 1500 1750", "yes yes yes yes yes 250 yes 250")]
    [InlineData("0 0 0 100000 100000 100000 100000", "yes yes yes yes yes yes 500")]
    public void Requests_pass_or_wait(string milliseconds, string expected)
    {
        var bucket = new TokenBucket(2, 3, Second);
        var fullAt = 0L;
        var outcomes = milliseconds.Split(' ')
            .Select(at => bucket.TryTake(ref fullAt, long.Parse(at) * Millisecond, out var wait) ? "yes" : $"{wait / Millisecond}");
        Assert.Equal(expected, string.Join(' ', outcomes));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(1e-12, 1)]
    [InlineData(1e-6, int.MaxValue)]
    [InlineData(5, 0)]
    [InlineData(5, -1)]
    public void A_rule_that_cannot_be_kept_is_refused(double rate, int burst) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenBucket(rate, burst, Second));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(200_000_000, 2_000_000)]
    public void A_wait_is_rounded_up(long nanoseconds, long expectedTicks) =>
        Assert.Equal(expectedTicks, new TokenBucket(5, 10, Second).ToTimeSpan(nanoseconds).Ticks);

    [Fact]
    public void No_window_holds_more_than_the_burst_and_the_rate() =>
        Gen.Select(Gen.Double[0.1, 50], Gen.Int[1, 12], Gen.Long[0, Second].Array[1, 120]).Sample((rate, burst, gaps) =>
        {
            var bucket = new TokenBucket(rate, burst, Second);
            var (fullAt, now) = (0L, 0L);
            var taken = new List<long>();
            foreach (var gap in gaps)
            {
                // Skewed to small gaps, so that both refusals and refills occur.
                now += gap * gap / Second / 4;
                if (bucket.TryTake(ref fullAt, now, out _))
                    taken.Add(now);
            }

            for (var first = 0; first < taken.Count; first++)
            {
                for (var last = first; last < taken.Count; last++)
                {
                    var allowed = burst + (rate * (taken[last] - taken[first]) / Second);
                    Assert.True(last - first + 1 <= allowed + 1e-6, $"{last - first + 1} within {taken[last] - taken[first]} ns, allowed {allowed}");
                }
            }
        });

    [Fact]
    public void Who_waits_as_told_passes_and_not_a_tick_earlier() =>
        Gen.Select(Gen.Double[0.1, 50], Gen.Int[1, 12], Gen.Long[0, Second]).Sample((rate, burst, now) =>
        {
            var bucket = new TokenBucket(rate, burst, Second);
            var fullAt = 0L;
            long wait;
            while (bucket.TryTake(ref fullAt, now, out wait))
            {
                Assert.Equal(0, wait);
            }

            var (early, onTime) = (fullAt, fullAt);
            Assert.False(bucket.TryTake(ref early, now + wait - 1, out var rest));
            Assert.Equal((1, fullAt), (rest, early));
            Assert.True(bucket.TryTake(ref onTime, now + wait, out _));
        });
}
