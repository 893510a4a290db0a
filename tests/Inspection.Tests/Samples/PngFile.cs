using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Inspection.Tests.Samples;

/// <summary>Makes PNGs chunk by chunk, right ones and wrong ones.</summary>
internal static class PngFile
{
    public static byte[] Start => [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'];

    /// <summary>A signature, and what is said.</summary>
    public static byte[] Of(params byte[][] chunks) => [.. Start, .. chunks.SelectMany(chunk => chunk)];

    /// <summary>A good picture of one grey pixel, with these chunks before its pixels.</summary>
    public static byte[] With(params byte[][] chunks) => Of([Header(), .. chunks, Pixels(2), End]);

    /// <summary>The same, with these chunks behind its pixels.</summary>
    public static byte[] WithBehind(params byte[][] chunks) => Of([Header(), Pixels(2), .. chunks, End]);

    public static byte[] End => Chunk("IEND", []);

    public static byte[] Chunk(string type, ReadOnlySpan<byte> content)
    {
        byte[] covered = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. Number((uint)content.Length), .. covered, .. Number(Crc32.HashToUInt32(covered))];
    }

    public static byte[] Header(uint width = 1, uint height = 1, byte depth = 8, byte colour = 0, byte compression = 0, byte filter = 0, byte interlace = 0) =>
        Chunk("IHDR", [.. Number(width), .. Number(height), depth, colour, compression, filter, interlace]);

    /// <param name="bytes">So many zeros: a filter byte a row, and its pixels.</param>
    public static byte[] Pixels(int bytes) => Chunk("IDAT", Zlib(new byte[bytes]));

    public static byte[] Text(string keyword, ReadOnlySpan<byte> text) => Chunk("tEXt", [.. Latin(keyword), 0, .. text]);

    public static byte[] PackedText(string keyword, ReadOnlySpan<byte> zlib, byte method = 0) => Chunk("zTXt", [.. Latin(keyword), 0, method, .. zlib]);

    public static byte[] InternationalText(string keyword, bool isPacked, ReadOnlySpan<byte> text) =>
        Chunk("iTXt", [.. Latin(keyword), 0, isPacked ? (byte)1 : (byte)0, 0, 0, 0, .. text]);

    public static byte[] Profile(ReadOnlySpan<byte> zlib) => Chunk("iCCP", [.. "icc"u8, 0, 0, .. zlib]);

    public static byte[] Animation(uint frames) => Chunk("acTL", [.. Number(frames), .. Number(0)]);

    public static byte[] Frame(uint sequence, uint width = 1, uint height = 1, uint x = 0, uint y = 0, byte dispose = 0, byte blend = 0) =>
        Chunk("fcTL", [.. Number(sequence), .. Number(width), .. Number(height), .. Number(x), .. Number(y), 0, 1, 0, 1, dispose, blend]);

    public static byte[] FramePixels(uint sequence, int bytes) => Chunk("fdAT", [.. Number(sequence), .. Zlib(new byte[bytes])]);

    public static byte[] Zlib(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
            zlib.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Number(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
