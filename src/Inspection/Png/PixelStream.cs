namespace Uploader.Inspection.Png;

/// <summary>
/// The zlib stream of one picture's pixels, over all the chunks it is spread on. It is not unpacked: only its beginning and its length are judged, by what
/// deflate can do (docs/inspection.md).
/// </summary>
internal struct PixelStream
{
    /// <summary>Two bits of deflate can stand for 258 bytes, and no more (RFC 1951).</summary>
    private const uint MostExpansion = 1032;

    private const uint AnyEncodersWaste = 64 << 10;

    private ulong _length;
    private ushort _start;

    public void Feed(ReadOnlySpan<byte> content)
    {
        for (var i = 0; i < content.Length && _length + (uint)i < 2; i++)
        {
            _start = (ushort)(_start << 8 | content[i]);
        }

        _length += (uint)content.Length;
    }

    /// <param name="pixels">The bytes it should unpack to.</param>
    /// <returns>Null: it can be; else what it is not.</returns>
    public readonly string? Judge(UInt128 pixels) =>
        _length < 2 || !IsZlib(_start) ? "pixels are no zlib stream"
        : (UInt128)_length * MostExpansion < pixels ? "too few compressed bytes for the pixels"
        : _length > pixels * 4 + AnyEncodersWaste ? "more compressed bytes than the pixels can need"
        : null;

    /// <summary>RFC 1950, 2.2: deflate, a window of 32 KiB at most, no preset dictionary, and a check that makes it a multiple of 31.</summary>
    private static bool IsZlib(ushort start) => (start >> 8 & 0x0F) == 8 && start >> 12 <= 7 && (start & 0x20) == 0 && start % 31 == 0;
}
