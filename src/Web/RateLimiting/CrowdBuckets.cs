using Uploader.Shared.Addresses;

namespace Uploader.Web.RateLimiting;

/// <summary>
/// A fixed number of buckets for clients that no longer get one of their own. One bucket serves a neighbourhood, an IPv4 /16 or an IPv6 /32, which is what
/// a provider or a large customer holds: a flood out of one network drains few of them.
/// </summary>
internal sealed class CrowdBuckets
{
    private const int Ipv4Neighbourhood = 16;
    private const int Ipv6Neighbourhood = 32;
    private const int Buckets = 4096;

    private readonly TokenBucket _bucket;
    private readonly long[] _fullAt = new long[Buckets];

    public CrowdBuckets(TokenBucket bucket)
    {
        _bucket = bucket;
        Array.Fill(_fullAt, long.MinValue);
    }

    public bool TryTake(Cidr client, long now, out long wait)
    {
        ref var fullAt = ref _fullAt[IndexOf(client)];
        while (true)
        {
            var before = Volatile.Read(ref fullAt);
            var after = before;
            if (!_bucket.TryTake(ref after, now, out wait))
                return false;
            if (Interlocked.CompareExchange(ref fullAt, after, before) == before)
                return true;
        }
    }

    // Hash codes are seeded per process: nobody can pick networks that share, or avoid, a certain bucket.
    private static int IndexOf(Cidr client)
    {
        var neighbourhood = client.Enclosing(Math.Min(client.PrefixLength, client.IsIpv6 ? Ipv6Neighbourhood : Ipv4Neighbourhood));
        return (int)((uint)HashCode.Combine(neighbourhood) % Buckets);
    }
}
