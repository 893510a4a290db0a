using System.Buffers.Binary;
using System.IO.Hashing;

namespace Inspection.Tests.Proof;

/// <summary>
/// Makes the checksums of a changed file right again, where the format's structure still says where they are: otherwise every change ends at a checksum,
/// and nothing behind it is ever tried.
/// </summary>
internal static class Checksums
{
    private const int PngFrame = 12;
    private const int MaxInflated = 1 << 20;

    /// <summary>In place.</summary>
    public static void Mend(string extension, Span<byte> file)
    {
        switch (extension)
        {
            case "png":
                MendPng(file);
                break;
            case "docx":
                MendZip(file);
                break;
        }
    }

    private static void MendPng(Span<byte> file)
    {
        for (var rest = file.Length > 8 ? file[8..] : []; rest.Length >= PngFrame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - PngFrame)
                return;
            BinaryPrimitives.WriteUInt32BigEndian(rest[(8 + (int)length)..], Crc32.HashToUInt32(rest.Slice(4, 4 + (int)length)));
            rest = rest[(PngFrame + (int)length)..];
        }
    }

    private static void MendZip(Span<byte> file)
    {
        for (int at = 0, next; (next = file[at..].IndexOf("PK\x01\x02"u8)) >= 0; at += next + 4)
        {
            var central = file[(at + next)..];
            if (central.Length < 46)
                return;
            var start = BinaryPrimitives.ReadUInt32LittleEndian(central[42..]);
            if (start > file.Length - 30)
                continue;
            var local = file[(int)start..];
            var packed = BinaryPrimitives.ReadUInt32LittleEndian(central[20..]);
            var content = 30 + BinaryPrimitives.ReadUInt16LittleEndian(local[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
            if (content > local.Length || packed > local.Length - content)
                continue;
            var method = BinaryPrimitives.ReadUInt16LittleEndian(central[10..]);
            MendEntry(central[16..28], local[14..26], local.Slice(content, (int)packed), method);
        }
    }

    /// <summary>CRC-32, packed and unpacked size stand beside each other in both headers.</summary>
    private static void MendEntry(Span<byte> central, Span<byte> local, ReadOnlySpan<byte> packed, ushort method)
    {
        if (method != 0 && method != 8)
            return;
        var hasDescriptor = local[..4].SequenceEqual("\0\0\0\0"u8);
        if (Unpacked(packed, method) is not { } bytes)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(central, Crc32.HashToUInt32(bytes));
        BinaryPrimitives.WriteInt32LittleEndian(central[8..], bytes.Length);
        if (!hasDescriptor)
            central.CopyTo(local);
    }

    private static byte[]? Unpacked(ReadOnlySpan<byte> packed, ushort method)
    {
        if (method == 0)
            return packed.ToArray();
        try
        {
            using var inflate = new System.IO.Compression.DeflateStream(new MemoryStream(packed.ToArray()), System.IO.Compression.CompressionMode.Decompress);
            var bytes = new byte[MaxInflated];
            return bytes[..inflate.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
