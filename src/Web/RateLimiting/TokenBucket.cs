namespace Uploader.Web.RateLimiting;

/// <summary>
/// The arithmetic of a token bucket whose whole state is one instant, the one at which it will be full again
/// (the generic cell rate algorithm: <see href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm"/>).
/// A bucket that is full and a bucket that nobody ever used are the same thing, so idle clients need no memory.
/// </summary>
internal readonly record struct TokenBucket
{
    /// <summary>A quarter of what a timestamp can hold: no sum of an instant and a few buckets overflows.</summary>
    private const long LongestRefill = long.MaxValue / 4;

    private readonly long _ticksPerSecond;

    /// <param name="rate">Tokens a second; fractions are fine.</param>
    /// <param name="burst">Tokens in a full bucket.</param>
    /// <param name="ticksPerSecond">The clock's unit, <see cref="TimeProvider.TimestampFrequency"/>.</param>
    public TokenBucket(double rate, int burst, long ticksPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        // Written so that NaN fails too.
        if (!(rate > 0 && ticksPerSecond / rate * burst < LongestRefill))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate must be above zero, and high enough to fill the bucket in this lifetime.");

        _ticksPerSecond = ticksPerSecond;
        // Rounded up: never more than the rate.
        Interval = Math.Max(1, (long)Math.Ceiling(ticksPerSecond / rate));
        Refill = Interval * burst;
    }

    /// <summary>Ticks until one token has come back.</summary>
    public long Interval { get; }

    /// <summary>Ticks until an empty bucket is full.</summary>
    public long Refill { get; }

    /// <summary>Takes one token, or says how many ticks it is until there is one.</summary>
    /// <param name="fullAt">When the bucket will be, or was, full. Afterwards: when it will be full now.</param>
    public bool TryTake(ref long fullAt, long now, out long wait)
    {
        var fullAfterwards = Math.Max(fullAt, now) + Interval;
        wait = fullAfterwards - now - Refill;
        if (wait > 0)
            return false;

        wait = 0;
        fullAt = fullAfterwards;
        return true;
    }

    /// <summary>Rounded up, so that whoever waits that long has waited long enough.</summary>
    public TimeSpan ToTimeSpan(long ticks) =>
        TimeSpan.FromTicks((long)((((Int128)ticks * TimeSpan.TicksPerSecond) + _ticksPerSecond - 1) / _ticksPerSecond));
}
