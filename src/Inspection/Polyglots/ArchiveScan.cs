using System.Buffers.Binary;
using System.IO.Hashing;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// Looks for the beginning of a RAR or 7z archive where their readers look for it, behind whatever program unpacks it, while the file arrives. Both are longer than
/// chance makes them (2^56 and 2^80), so also what is compressed or filmed is looked through.
/// </summary>
internal sealed class ArchiveScan
{
    // UnRAR's MAXSFXSIZE and 7-Zip's kMaxCheckStartPosition.
    private const int Within = 4 << 20;

    private const int SevenZipHeader = 32;

    private readonly byte[] _last = new byte[2 * SevenZipHeader];
    private int _kept;
    private long _seen;

    private static ReadOnlySpan<byte> SevenZip => [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C];

    /// <returns>What begins; null: nothing so far.</returns>
    public (long Offset, string What)? Feed(ReadOnlySpan<byte> piece)
    {
        if (_seen >= Within)
            return null;

        // What stands across the end of the last piece, then the piece.
        var joined = _last.AsSpan(0, _kept + Math.Min(piece.Length, SevenZipHeader - 1));
        piece[..(joined.Length - _kept)].CopyTo(_last.AsSpan(_kept));
        var found = Find(joined, _seen - _kept) ?? Find(piece, _seen);
        Keep(piece);
        _seen += piece.Length;
        return found;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        const int Most = SevenZipHeader - 1;
        if (piece.Length >= Most)
        {
            piece[^Most..].CopyTo(_last);
            _kept = Most;
            return;
        }

        // The piece stands behind what was kept already.
        var all = _kept + piece.Length;
        var kept = Math.Min(all, Most);
        _last.AsSpan(all - kept, kept).CopyTo(_last);
        _kept = kept;
    }

    private static (long Offset, string What)? Find(ReadOnlySpan<byte> bytes, long offset)
    {
        for (var at = 0; bytes[at..].IndexOf("Rar!\x1A\x07"u8) is >= 0 and var next; at++)
        {
            at += next;
            if (bytes[(at + 6)..] is [0, ..] or [1, 0, ..])
                return (offset + at, "a RAR archive's signature");
        }

        for (var at = 0; bytes[at..].IndexOf(SevenZip) is >= 0 and var next; at++)
        {
            at += next;
            if (bytes.Length - at >= SevenZipHeader
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 8)..]) == Crc32.HashToUInt32(bytes[(at + 12)..(at + SevenZipHeader)]))
            {
                return (offset + at, "a 7z archive's header");
            }
        }

        return null;
    }
}
