using System.Buffers.Binary;
using System.IO.Hashing;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// RAR and 7z archives, which their readers find behind whatever program unpacks them. Their beginnings are longer than chance makes them (2^36 and 2^60 MiB), so
/// that also what is compressed or filmed can be looked through.
/// </summary>
internal static class Archives
{
    /// <summary>Where the readers look: UnRAR's MAXSFXSIZE, and 7-Zip's kMaxCheckStartPosition.</summary>
    private const int Within = 4 << 20;

    private const int SevenZipHeader = 32;

    private static ReadOnlySpan<byte> Rar => "Rar!\x1A\x07"u8;

    private static ReadOnlySpan<byte> SevenZip => [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C];

    public static SignatureScan Scan() => new(Find, SevenZipHeader, Within);

    private static int Find(ReadOnlySpan<byte> bytes, out string what)
    {
        what = "a RAR archive's signature";
        for (var at = 0; bytes[at..].IndexOf(Rar) is >= 0 and var next; at++)
        {
            at += next;
            if (bytes[(at + Rar.Length)..] is [0, ..] or [1, 0, ..])
                return at;
        }

        what = "a 7z archive's header";
        for (var at = 0; bytes[at..].IndexOf(SevenZip) is >= 0 and var next; at++)
        {
            at += next;
            if (bytes.Length - at >= SevenZipHeader
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 8)..]) == Crc32.HashToUInt32(bytes[(at + 12)..(at + SevenZipHeader)]))
            {
                return at;
            }
        }

        return -1;
    }
}
