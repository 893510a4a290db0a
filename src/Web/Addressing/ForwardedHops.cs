using Microsoft.Extensions.Primitives;
using Uploader.Shared.Addresses;

namespace Uploader.Web.Addressing;

/// <summary>
/// The hops of a forwarding header from the right-most on, over all its lines in the order they came, read in place.
/// The nearest proxy wrote the right-most hop; the further left, the less there is to believe.
/// </summary>
internal ref struct ForwardedHops(ForwardedHeader header, StringValues lines)
{
    /// <summary>No chain of real proxies is longer; the rest of a 10 kB header costs nothing.</summary>
    public const int MaxHops = 32;

    /// <summary>A longer hop is not an address with a few parameters. Bounds the search for its beginning.</summary>
    public const int MaxHopLength = 256;

    private int _linesLeft = lines.Count;
    private int _hopsLeft = MaxHops;
    private ReadOnlySpan<char> _rest;
    private bool _isInLine;

    /// <summary>False at the left end of the header, after <see cref="MaxHops"/> hops, and after a hop that has no beginning.</summary>
    public bool TryMoveLeft(out ForwardedHop hop)
    {
        hop = ForwardedHop.Unreadable;
        if (_hopsLeft-- <= 0 || !TryEnterLine())
            return false;

        // One character more than a hop may have, for its comma.
        var cut = Math.Max(0, _rest.Length - MaxHopLength - 1);
        var window = _rest[cut..];
        if (!TryFindLastComma(window, out var comma) || (comma < 0 && cut > 0))
        {
            _hopsLeft = 0;
            return true;
        }

        var text = window[(comma + 1)..].Trim(" \t");
        hop = header == ForwardedHeader.Forwarded ? ForwardedElement.Parse(text) : ForwardedHop.Parse(text);
        _isInLine = comma >= 0;
        _rest = _isInLine ? _rest[..(cut + comma)] : default;
        return true;
    }

    private readonly bool TryFindLastComma(ReadOnlySpan<char> window, out int comma)
    {
        if (header == ForwardedHeader.Forwarded)
            return ForwardedElement.TryFindLastComma(window, out comma);

        comma = window.LastIndexOf(',');
        return true;
    }

    private bool TryEnterLine()
    {
        if (_isInLine)
            return true;
        if (_linesLeft == 0)
            return false;

        // A null line reads as an empty one: a hop that names nobody.
        _rest = lines[--_linesLeft];
        return _isInLine = true;
    }
}
