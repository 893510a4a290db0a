using System.Collections.Concurrent;
using Uploader.Shared.Addresses;

namespace Uploader.Web.RateLimiting;

/// <summary>Lets each client through at a rate, after a burst.</summary>
/// <remarks>
/// <para>Only clients whose bucket is not full are remembered, so memory follows what arrived within the last refill, up to <c>maxClients</c>.</para>
/// <para>
/// A flood from more addresses than that (a /44 holds a million /64s) finds the table full. Refusing every newcomer then would let the flood lock
/// everybody out, and letting newcomers through unlimited would switch the limit off. So clients that are known keep their own bucket, and
/// newcomers share one with their neighbourhood, see <see cref="CrowdBuckets"/>: who rents a large network to flood from limits mostly that network.
/// </para>
/// </remarks>
internal sealed class RateGate : IDisposable
{
    public const int DefaultMaxClients = 100_000;

    private readonly TokenBucket _bucket;
    private readonly TimeProvider _clock;
    private readonly int _maxClients;
    private readonly ConcurrentDictionary<Cidr, long> _fullAt = new();
    private readonly CrowdBuckets _crowds;
    private readonly ITimer _pruning;
    private int _clients;

    /// <param name="rate">Requests a second.</param>
    /// <param name="burst">Requests at once after a rest.</param>
    /// <param name="clock">Its timestamps, which are monotonic: a step of the wall clock neither frees nor locks out anybody.</param>
    /// <param name="maxClients">How many clients have a bucket of their own at a time.</param>
    public RateGate(double rate, int burst, TimeProvider clock, int maxClients = DefaultMaxClients)
    {
        _bucket = new TokenBucket(rate, burst, clock.TimestampFrequency);
        _clock = clock;
        _maxClients = maxClients;
        _crowds = new CrowdBuckets(_bucket);
        // Not more often than a bucket refills, or there is nothing to find; not so seldom that a slow rate hoards clients that are long idle.
        var period = TimeSpan.FromSeconds(Math.Clamp(_bucket.ToTimeSpan(_bucket.Refill).TotalSeconds, 1, 60));
        _pruning = clock.CreateTimer(_ => Prune(), state: null, period, period);
    }

    /// <summary>Clients that are remembered right now.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <param name="client">The counted address.</param>
    /// <param name="retryAfter">When refused, how long until a request would pass; never zero then.</param>
    public bool TryTake(Cidr client, out TimeSpan retryAfter)
    {
        var now = _clock.GetTimestamp();
        var taken = TryTake(client, now, out var wait);
        retryAfter = taken ? TimeSpan.Zero : _bucket.ToTimeSpan(wait);
        return taken;
    }

    public void Dispose() => _pruning.Dispose();

    private bool TryTake(Cidr client, long now, out long wait)
    {
        // Each turn that is lost to another request of the same client has taken a token, so there are at most as many as the burst holds.
        while (true)
        {
            if (!_fullAt.TryGetValue(client, out var before))
            {
                if (!TryReserve())
                    return _crowds.TryTake(client, now, out wait);
                var first = now;
                _bucket.TryTake(ref first, now, out wait);
                if (_fullAt.TryAdd(client, first))
                    return true;
                Interlocked.Decrement(ref _clients);
                continue;
            }

            var after = before;
            if (!_bucket.TryTake(ref after, now, out wait))
                return false;
            if (_fullAt.TryUpdate(client, after, before))
                return true;
        }
    }

    private bool TryReserve()
    {
        // Read first: under a flood every newcomer would write the counter twice.
        if (Clients >= _maxClients)
            return false;
        if (Interlocked.Increment(ref _clients) <= _maxClients)
            return true;

        Interlocked.Decrement(ref _clients);
        return false;
    }

    private void Prune()
    {
        // A second of grace for requests that read the clock before this line and the bucket after it.
        var idleSince = _clock.GetTimestamp() - _clock.TimestampFrequency;
        foreach (var bucket in _fullAt)
        {
            // Removes exactly this state of the bucket: a request that took a token in between keeps it.
            if (bucket.Value <= idleSince && _fullAt.TryRemove(bucket))
                Interlocked.Decrement(ref _clients);
        }
    }
}
