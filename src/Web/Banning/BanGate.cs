using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Web.Banning;

/// <summary>Keeps banned clients out, before anything of their request is looked at.</summary>
internal sealed class BanGate(BanList bans, AddressSet ignoreIp)
{
    /// <param name="client">Who asks.</param>
    /// <param name="now">The wall clock; ends are dates, so that a restart changes none.</param>
    /// <param name="remaining">How long the ban lasts yet; null when there is none, or no end.</param>
    public bool IsBanned(Cidr client, DateTimeOffset now, out TimeSpan? remaining)
    {
        remaining = null;
        var end = bans.EndOf(client);
        var nowMs = now.ToUnixTimeMilliseconds();

        // The exempt are asked for last: a list walk that only the banned pay.
        if (end <= nowMs || ignoreIp.Overlaps(client))
            return false;
        if (end != Ban.Forever)
            remaining = TimeSpan.FromMilliseconds(Math.Min(end - nowMs, TimeSpan.MaxValue.TotalMilliseconds / 2));
        return true;
    }
}
