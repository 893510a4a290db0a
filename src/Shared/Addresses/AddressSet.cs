using System.Collections.Immutable;

namespace Uploader.Shared.Addresses;

/// <summary>A short list of ranges an operator wrote: the trusted proxies, the addresses that are never banned.</summary>
public sealed record AddressSet(ImmutableArray<Cidr> Ranges)
{
    public static AddressSet Loopback { get; } = new([Cidr.Parse("127.0.0.0/8"), Cidr.Parse("::1")]);

    public bool Contains(Cidr address)
    {
        foreach (var range in Ranges)
        {
            if (range.Contains(address))
                return true;
        }

        return false;
    }

    /// <summary>Whether any listed range and <paramref name="address"/> share an address: a /64 that holds a trusted proxy must not be banned either.</summary>
    public bool Overlaps(Cidr address)
    {
        foreach (var range in Ranges)
        {
            if (range.Contains(address) || address.Contains(range))
                return true;
        }

        return false;
    }

    public override string ToString() => string.Join(", ", Ranges);
}
