using System.Buffers.Binary;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// ZIP, CAB and WIM archives and Nullsoft's installers, which 7-Zip finds by how they begin, wherever in a file's first megabytes. Looked for where a format leaves room for anything, as an
/// honest file has none there.
/// </summary>
internal static class BuriedArchives
{
    private const int ZipHeader = 30;
    private const int CabinetHeader = 26;
    private const int MostVersion = 63;
    private const int LongestName = 4096;

    private static ReadOnlySpan<byte> Zip => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> Cabinet => "MSCF\0\0\0\0"u8;

    private static ReadOnlySpan<byte> Wim => "MSWIM\0\0\0"u8;

    private static ReadOnlySpan<byte> Nullsoft => [0xEF, 0xBE, 0xAD, 0xDE, (byte)'N', (byte)'u', (byte)'l', (byte)'l', (byte)'s', (byte)'o', (byte)'f', (byte)'t', (byte)'I', (byte)'n', (byte)'s', (byte)'t'];

    // APPNOTE 6.3.10, 4.4.5: those that are in use.
    private static ReadOnlySpan<ushort> ZipMethods => [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 14, 16, 18, 19, 20, 93, 94, 95, 96, 97, 98, 99];

    public static SignatureScan Scan() => new(Find, ZipHeader);

    private static int Find(ReadOnlySpan<byte> bytes, out string what)
    {
        // 2^29 MiB (49 bits) in random bytes; the others are beyond any.
        what = "a ZIP entry's header";
        for (var at = 0; bytes[at..].IndexOf(Zip) is >= 0 and var next; at++)
        {
            at += next;
            if (IsZip(bytes[at..]))
                return at;
        }

        what = "a cabinet's header";
        for (var at = 0; bytes[at..].IndexOf(Cabinet) is >= 0 and var next; at++)
        {
            at += next;
            if (IsCabinet(bytes[at..]))
                return at;
        }

        what = "a Windows image's or a Nullsoft installer's header";
        return Math.Max(bytes.IndexOf(Wim), bytes.IndexOf(Nullsoft));
    }

    private static bool IsZip(ReadOnlySpan<byte> header) =>
        header.Length >= ZipHeader && header[4] <= MostVersion && ZipMethods.Contains(BinaryPrimitives.ReadUInt16LittleEndian(header[8..]))
        && BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) is > 0 and <= LongestName;

    // Two more fields are reserved, and 1.3 is the only version.
    private static bool IsCabinet(ReadOnlySpan<byte> header) =>
        header.Length >= CabinetHeader && !header[12..16].ContainsAnyExcept((byte)0) && !header[20..24].ContainsAnyExcept((byte)0) && header[24..26] is [3, 1];
}
