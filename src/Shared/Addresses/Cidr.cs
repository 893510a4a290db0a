using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Uploader.Shared.Addresses;

/// <summary>
/// A range of addresses, <c>203.0.113.7</c> (that is /32) or <c>2001:db8:1:2::/64</c>: what is limited, banned, trusted or ignored.
/// Host bits are always zero and IPv4-mapped IPv6 is always IPv4, so that equal ranges are equal values.
/// </summary>
public readonly record struct Cidr
{
    private const int Ipv4Width = 32;
    private const int Ipv6Width = 128;

    private static readonly SearchValues<char> Ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    private readonly UInt128 _bits;

    private Cidr(UInt128 bits, int prefixLength, bool isIpv6)
    {
        var width = isIpv6 ? Ipv6Width : Ipv4Width;
        PrefixLength = (byte)prefixLength;
        IsIpv6 = isIpv6;
        _bits = bits & Mask(prefixLength, width);
    }

    /// <summary>0 to 32 for IPv4, 0 to 128 for IPv6.</summary>
    public byte PrefixLength { get; }

    public bool IsIpv6 { get; }

    public bool IsSingleAddress => PrefixLength == (IsIpv6 ? Ipv6Width : Ipv4Width);

    /// <summary>The single address, <c>/32</c> or <c>/128</c>; <c>::ffff:203.0.113.7</c> becomes <c>203.0.113.7</c>.</summary>
    public static Cidr Of(IPAddress address) => Of(address, Ipv6Width);

    /// <summary>The address as it is counted: IPv4 whole, IPv6 by its first <paramref name="ipv6PrefixLength"/> bits.</summary>
    public static Cidr Of(IPAddress address, int ipv6PrefixLength)
    {
        var (bits, isIpv6) = Bits(address);
        return new Cidr(bits, isIpv6 ? ipv6PrefixLength : Ipv4Width, isIpv6);
    }

    public bool Contains(Cidr other) =>
        IsIpv6 == other.IsIpv6 && PrefixLength <= other.PrefixLength && Truncate(other, PrefixLength)._bits == _bits;

    /// <summary>The enclosing range of that prefix length, which must not be longer than this one's.</summary>
    public Cidr Enclosing(int prefixLength) => Truncate(this, prefixLength);

    /// <summary>The client that a narrower range of IPv6 is counted with; any other range as it is.</summary>
    public Cidr AsCounted(int ipv6PrefixLength) => IsIpv6 && PrefixLength > ipv6PrefixLength ? Enclosing(ipv6PrefixLength) : this;

    public IPAddress FirstAddress
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            if (IsIpv6)
            {
                BinaryPrimitives.WriteUInt128BigEndian(bytes, _bits);
                return new IPAddress(bytes);
            }

            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_bits);
            return new IPAddress(bytes[..4]);
        }
    }

    public override string ToString() => IsSingleAddress ? FirstAddress.ToString() : $"{FirstAddress}/{PrefixLength}";

    /// <exception cref="FormatException">It is neither an address nor a range.</exception>
    public static Cidr Parse(ReadOnlySpan<char> s) =>
        TryParse(s, out var cidr) ? cidr : throw new FormatException($"'{s}' is not an address or CIDR range.");

    /// <summary>
    /// <c>203.0.113.7</c>, <c>203.0.113.0/24</c>, <c>2001:db8::1</c>, <c>2001:db8::/32</c>. Only the four-part form of IPv4 is an address:
    /// <c>1</c>, <c>0x7f.1</c> and <c>010.0.0.1</c>, which <see cref="IPAddress"/> would take, are not.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> s, out Cidr result)
    {
        var slash = s.IndexOf('/');
        if (slash < 0)
            return TryParseSingle(s, out result);

        result = default;
        if (!TryParseSingle(s[..slash], out var single) ||
            !int.TryParse(s[(slash + 1)..], System.Globalization.NumberStyles.None, null, out var prefixLength))
        {
            return false;
        }

        // ::ffff:203.0.113.0/120 means the IPv4 range with 96 bits less.
        if (!single.IsIpv6 && s[..slash].Contains(':'))
            prefixLength -= Ipv6Width - Ipv4Width;
        if (prefixLength < 0 || prefixLength > single.PrefixLength)
            return false;

        result = single.Enclosing(prefixLength);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, but one address and no range. Reading an IPv4 address allocates nothing.</summary>
    public static bool TryParseSingle(ReadOnlySpan<char> s, out Cidr address)
    {
        if (TryParseDottedQuad(s, out var quad))
        {
            address = new Cidr(quad, Ipv4Width, isIpv6: false);
            return true;
        }

        address = default;
        if (!TryParseIpv6(s, out var ipv6))
            return false;

        address = Of(ipv6);
        return true;
    }

    /// <summary>A plain address, in the canonical four-part form for IPv4, without zone (<c>%eth0</c>), port or brackets.</summary>
    public static bool TryParseAddress(ReadOnlySpan<char> s, [NotNullWhen(true)] out IPAddress? address) =>
        TryParseDottedQuad(s, out _) ? IPAddress.TryParse(s, out address) : TryParseIpv6(s, out address);

    private static bool TryParseIpv6(ReadOnlySpan<char> s, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        // IPAddress also takes zones, brackets and IPv4 in forms of old; only an IPv6 address is spelt with these and a colon.
        return s.Length is >= 2 and <= 45
            && s.Contains(':')
            && !s.ContainsAnyExcept(Ipv6Characters)
            && IPAddress.TryParse(s, out address);
    }

    private static bool TryParseDottedQuad(ReadOnlySpan<char> s, out uint quad)
    {
        quad = 0;
        if (s.Length is < 7 or > 15)
            return false;

        var parts = 0;
        foreach (var range in s.Split('.'))
        {
            var part = s[range];
            if (++parts > 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0'))
                return false;
            if (!byte.TryParse(part, System.Globalization.NumberStyles.None, null, out var value))
                return false;
            quad = (quad << 8) | value;
        }

        return parts == 4;
    }

    private static (UInt128 Bits, bool IsIpv6) Bits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        if (length == 4)
            return (BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
        return address.IsIPv4MappedToIPv6
            ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), false)
            : (BinaryPrimitives.ReadUInt128BigEndian(bytes), true);
    }

    private static Cidr Truncate(Cidr cidr, int prefixLength) => new(cidr._bits, prefixLength, cidr.IsIpv6);

    private static UInt128 Mask(int prefixLength, int width) =>
        prefixLength == 0 ? UInt128.Zero : (UInt128.MaxValue >> (Ipv6Width - prefixLength)) << (width - prefixLength);
}
