using System.Runtime.InteropServices;
using System.Threading.Channels;
using Uploader.Shared.Keys;
using Uploader.Web.Refusals;

namespace Uploader.Web.Admission;

/// <summary>
/// Keeps <c>bytes-per-day=</c>: what was stored today under a key's name + what is in flight + what is asked for never pass it. A day is UTC's, as the
/// dated folders are, and what counts of a request are its files.
/// </summary>
/// <remarks>
/// Counted in memory from the moment <see cref="BeginMeasuring"/> says so; what lay on the disk before, <see cref="QuotaWalk"/> adds. Until it has, keys
/// with a quota are told to come back, so nothing of theirs is counted twice; of a key that gets its quota while it uploads, what is committed during
/// the walk may be, until midnight, rather than not at all. The day after begins empty, without a walk: there was nothing before it.
/// </remarks>
internal sealed class QuotaGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _promised = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private DateOnly _day = DayOf(time.GetUtcNow());
    private DateOnly _latestDay = DayOf(time.GetUtcNow());
    private bool _isCounting;
    private bool _isKnown;

    /// <summary>Something to read each time today has to be measured.</summary>
    public ChannelReader<bool> Wanted => _wanted.Reader;

    /// <summary>There is a key with a quota: today has to be known.</summary>
    public void Want()
    {
        lock (_lock)
        {
            if (!IsKnownToday())
                _wanted.Writer.TryWrite(true);
        }
    }

    /// <summary>From now on every commit is counted.</summary>
    /// <returns>The day to measure, as an instant of it.</returns>
    public DateTimeOffset BeginMeasuring()
    {
        lock (_lock)
        {
            var isKnown = IsKnownToday();
            if (!isKnown)
                _stored.Clear();
            _isCounting = true;
            return new DateTimeOffset(_day, TimeOnly.MinValue, TimeSpan.Zero);
        }
    }

    /// <summary>What lay on the disk that day, by key. Passed over when it is another day by now.</summary>
    public void Measured(DateTimeOffset day, IReadOnlyDictionary<string, long> stored)
    {
        lock (_lock)
        {
            if (IsKnownToday() || DayOf(day) != _day)
                return;
            foreach (var (key, bytes) in stored)
                Of(_stored, key) += bytes;
            _isKnown = true;
        }
    }

    /// <param name="key">Whose request it is.</param>
    /// <param name="declared">Its length in bytes, files and form; null when it does not say.</param>
    /// <param name="formSize">What of it may be the form around the files: so much less may be the files.</param>
    /// <param name="reservation">Counts the files of the request, with or without a quota; null when it is refused.</param>
    public Refusal? Refuses(NamedKey key, long? declared, long formSize, out QuotaReservation? reservation)
    {
        reservation = null;
        if (key.Options.BytesPerDay is not { } quota)
        {
            reservation = new QuotaReservation(this, key.Name, quota: null, promised: 0);
            return null;
        }

        var least = Math.Max(1, (declared ?? 0) - formSize);
        if (least > quota)
            return LargerThan(quota);
        lock (_lock)
        {
            if (!IsKnownToday())
            {
                _wanted.Writer.TryWrite(true);
                return Catalogue.Busy.Because("The service is still summing what was stored today; try again shortly.");
            }

            var granted = Promise(key.Name, quota, least, declared ?? least);
            if (granted == 0)
                return UsedUp(quota);
            reservation = new QuotaReservation(this, key.Name, quota, granted);
            return null;
        }
    }

    public static Refusal LargerThan(long quota) =>
        Catalogue.LargerThanQuota.Because($"With this key {Shared.Configuration.ByteSize.Write(quota)} can be stored a day, and this is more.");

    public Refusal UsedUp(long quota)
    {
        var now = time.GetUtcNow();
        return Catalogue.QuotaUsedUp
            .Because($"With this key {Shared.Configuration.ByteSize.Write(quota)} can be stored a day; what is left of today's is not enough.")
            .RetryIn(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime);
    }

    /// <returns>At least <paramref name="least"/> and at most <paramref name="wish"/> bytes; 0 when there is not so much left.</returns>
    internal long TryPromise(string key, long quota, long least, long wish)
    {
        lock (_lock)
        {
            IsKnownToday();
            return Promise(key, quota, least, wish);
        }
    }

    /// <summary>Moves committed bytes from promised to stored in one step, so that no other upload sees a moment without them.</summary>
    /// <param name="key">The name.</param>
    /// <param name="promised">What is given back.</param>
    /// <param name="committed">What lies in the dated folder now.</param>
    /// <param name="at">Decided which dated folder that is.</param>
    internal void Settle(string key, long promised, long committed, DateTimeOffset at)
    {
        lock (_lock)
        {
            IsKnownToday();
            if (promised > 0 && (Of(_promised, key) -= promised) == 0)
                _promised.Remove(key);
            if (_isCounting && committed > 0 && DayOf(at) == _day)
                Of(_stored, key) += committed;
        }
    }

    private static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    private static ref long Of(Dictionary<string, long> sums, string key) => ref CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _)!;

    private long Promise(string key, long quota, long least, long wish)
    {
        var left = quota - _stored.GetValueOrDefault(key) - _promised.GetValueOrDefault(key);
        if (left < least)
            return 0;
        var granted = Math.Min(left, Math.Max(least, wish));
        Of(_promised, key) += granted;
        return granted;
    }

    // What is in flight at midnight is stored on the new day, so promises stay.
    private bool IsKnownToday()
    {
        var today = DayOf(time.GetUtcNow());
        if (today == _day)
            return _isKnown;

        _stored.Clear();
        // Where the clock was set back, and forward again, the folder may hold what nobody has counted.
        _isKnown = _isCounting && today > _latestDay;
        _day = today;
        _latestDay = today > _latestDay ? today : _latestDay;
        if (_isCounting && !_isKnown)
            _wanted.Writer.TryWrite(true);
        return _isKnown;
    }
}
