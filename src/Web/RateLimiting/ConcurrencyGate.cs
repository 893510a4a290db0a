using Uploader.Shared.Addresses;

namespace Uploader.Web.RateLimiting;

/// <summary>Lets at most so many requests of one client, and so many in all, be inside at the same time.</summary>
internal sealed class ConcurrencyGate(int maxPerClient, int max)
{
    // One short lock instead of counters: both limits hold together and exactly, and no refused request is ever visible to another.
    private readonly Lock _door = new();
    private readonly Dictionary<Cidr, int> _inside = [];
    private int _all;

    /// <summary>Requests inside right now.</summary>
    public int Count => Volatile.Read(ref _all);

    /// <summary>Clients that have a request inside.</summary>
    public int Clients
    {
        get
        {
            lock (_door)
                return _inside.Count;
        }
    }

    /// <summary>Null when the client, or everybody together, has as many inside as may be. Disposing leaves; leaving twice is leaving once.</summary>
    public IDisposable? TryEnter(Cidr client)
    {
        lock (_door)
        {
            var ofClient = _inside.GetValueOrDefault(client);
            if (ofClient >= maxPerClient || _all >= max)
                return null;
            _inside[client] = ofClient + 1;
            _all++;
        }

        return new Place(this, client);
    }

    private void Leave(Cidr client)
    {
        lock (_door)
        {
            _all--;
            if (_inside[client] == 1)
                _inside.Remove(client);
            else
                _inside[client]--;
        }
    }

    private sealed class Place(ConcurrencyGate gate, Cidr client) : IDisposable
    {
        private ConcurrencyGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave(client);
    }
}
