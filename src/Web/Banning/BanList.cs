using System.Collections.Concurrent;
using System.Collections.Immutable;
using Uploader.Shared.Addresses;

namespace Uploader.Web.Banning;

/// <summary>
/// Until when each client is banned, in memory: what the gate asks on every request. An end is kept with its ban, so it comes by the clock alone,
/// without worker or ledger.
/// </summary>
/// <param name="ipv6PrefixLength">How IPv6 clients are counted; a ban of a narrower range is one of the client that holds it.</param>
internal sealed class BanList(int ipv6PrefixLength = 64)
{
    private readonly ConcurrentDictionary<Cidr, long> _ends = new();

    // Prefix lengths of ranges that hold many clients, in use now. Few: each is one more look-up for every request.
    private volatile ImmutableArray<byte>[] _widths = [[], []];

    public int Count => _ends.Count;

    /// <summary>The latest end of the bans that cover the client, in Unix milliseconds; 0 when there is none. It may be past.</summary>
    public long EndOf(Cidr client)
    {
        _ends.TryGetValue(client, out var end);
        foreach (var width in _widths[client.IsIpv6 ? 1 : 0])
        {
            if (width < client.PrefixLength && _ends.TryGetValue(client.Enclosing(width), out var ofRange) && ofRange > end)
                end = ofRange;
        }

        return end;
    }

    /// <summary>Sees to it that the range is banned at least until then.</summary>
    public void Extend(Cidr range, long untilMs)
    {
        var key = KeyOf(range);
        _ends.AddOrUpdate(key, static (_, until) => until, static (_, had, until) => Math.Max(had, until), untilMs);
        Widen(key);
    }

    /// <summary>Sets the end anew, to an earlier one too.</summary>
    public void Replace(Cidr range, long untilMs)
    {
        var key = KeyOf(range);
        _ends[key] = untilMs;
        Widen(key);
    }

    public void Remove(Cidr range) => _ends.TryRemove(KeyOf(range), out _);

    /// <summary>Frees the memory of bans that have ended, and forgets widths that no ban has any more.</summary>
    public void Prune(long nowMs)
    {
        var ipv4 = ImmutableArray.CreateBuilder<byte>();
        var ipv6 = ImmutableArray.CreateBuilder<byte>();
        foreach (var ban in _ends)
        {
            if (ban.Value <= nowMs)
                _ends.TryRemove(ban);
            else if (IsWide(ban.Key) && !(ban.Key.IsIpv6 ? ipv6 : ipv4).Contains(ban.Key.PrefixLength))
                (ban.Key.IsIpv6 ? ipv6 : ipv4).Add(ban.Key.PrefixLength);
        }

        _widths = [ipv4.ToImmutable(), ipv6.ToImmutable()];
    }

    private Cidr KeyOf(Cidr range) => range.AsCounted(ipv6PrefixLength);

    private bool IsWide(Cidr key) => key.PrefixLength < (key.IsIpv6 ? ipv6PrefixLength : 32);

    // Only the refresher writes, one change at a time; the gate reads either array.
    private void Widen(Cidr key)
    {
        var family = key.IsIpv6 ? 1 : 0;
        if (!IsWide(key) || _widths[family].Contains(key.PrefixLength))
            return;
        ImmutableArray<byte>[] widths = [.. _widths];
        widths[family] = widths[family].Add(key.PrefixLength);
        _widths = widths;
    }
}
