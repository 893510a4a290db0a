using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Worker.Jobs;

/// <summary>The bans in force as the worker remembers them: to tell of their end, and to write them again should the ledger be lost.</summary>
internal sealed class BansInForce
{
    private readonly Dictionary<Cidr, List<Ban>> _bans = [];
    private readonly PriorityQueue<Ban, long> _byEnd = new();

    public IEnumerable<Ban> All => _bans.Values.SelectMany(bans => bans);

    public void Add(Ban ban)
    {
        // Without what it was earned by: that stays in the ledger, and a million bans would keep ten million lines in memory.
        var kept = ban with { Evidence = [] };
        if (_bans.TryGetValue(kept.Client, out var bans))
            bans.Add(kept);
        else
            _bans[kept.Client] = [kept];
        if (kept.UntilMs != Ban.Forever)
            _byEnd.Enqueue(kept, kept.UntilMs);
    }

    /// <summary>Forgets what was known of the address; what it had.</summary>
    public IReadOnlyList<Ban> Remove(Cidr client) => _bans.Remove(client, out var bans) ? bans : [];

    /// <summary>Forgets the bans that have ended, and returns them.</summary>
    public List<Ban> TakeEnded(long nowMs)
    {
        var ended = new List<Ban>();
        while (_byEnd.TryPeek(out var ban, out var endMs) && endMs <= nowMs)
        {
            _byEnd.Dequeue();
            // Removed and read again meanwhile, it is in the queue more than once; only the one that is remembered counts.
            if (!_bans.TryGetValue(ban.Client, out var bans) || !bans.Remove(ban))
                continue;
            if (bans.Count == 0)
                _bans.Remove(ban.Client);
            ended.Add(ban);
        }

        return ended;
    }

    public void Clear()
    {
        _bans.Clear();
        _byEnd.Clear();
    }
}
