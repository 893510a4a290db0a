using System.Buffers.Binary;

namespace Inspection.Tests.Samples;

/// <summary>Makes JPEGs segment by segment, right ones and wrong ones.</summary>
internal static class JpegFile
{
    public static byte[] Start => [0xFF, 0xD8];

    public static byte[] End => [0xFF, 0xD9];

    /// <summary>The code 0 for "as before" and for "all zeros": two bits make a block, and ones fill the byte.</summary>
    public static byte[] Block => [0x3F];

    public static byte[] Quantization => Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);

    public static byte[] Huffman => Segment(0xC4, [0x00, 1, .. new byte[15], 0, 0x10, 1, .. new byte[15], 0]);

    public static byte[] Scan => ScanOf();

    /// <summary>All that a picture needs before its scan.</summary>
    public static byte[] Head => [.. Quantization, .. Frame(), .. Huffman];

    public static byte[] Of(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    /// <summary>A good picture of one grey block, with these segments behind SOI.</summary>
    public static byte[] With(params byte[][] segments) => Of([Start, .. segments, Head, Scan, Block, End]);

    public static byte[] Segment(byte marker, ReadOnlySpan<byte> content) => [0xFF, marker, .. Number(content.Length + 2), .. content];

    public static byte[] Comment(ReadOnlySpan<byte> text) => Segment(0xFE, text);

    public static byte[] Application(int number, ReadOnlySpan<byte> content) => Segment((byte)(0xE0 + number), content);

    public static byte[] Xmp(string properties) =>
        Application(1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. System.Text.Encoding.UTF8.GetBytes($"<x:xmpmeta><rdf:Description {properties}/></x:xmpmeta>")]);

    /// <param name="marker">Which SOF.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="precision">Bits.</param>
    /// <param name="components">Of three bytes each; none: one, grey.</param>
    public static byte[] Frame(byte marker = 0xC0, int width = 8, int height = 8, byte precision = 8, params byte[] components) =>
        FrameOf(marker, width, height, precision, components.Length == 0 ? [1, 0x11, 0] : components);

    public static byte[] FrameOf(byte marker, int width, int height, byte precision, byte[] components) =>
        Segment(marker, [precision, .. Number(height), .. Number(width), (byte)(components.Length / 3), .. components]);

    public static byte[] ScanOf(byte first = 0, byte last = 63, byte shift = 0, params byte[] components) =>
        Segment(0xDA, [(byte)Math.Max(1, components.Length), .. (components.Length == 0 ? [1] : components).SelectMany(id => new byte[] { id, 0 }), first, last, shift]);

    public static byte[] Interval(int units) => Segment(0xDD, Number(units));

    public static byte[] Restart(int number) => [0xFF, (byte)(0xD0 + number)];

    /// <summary>One row of blocks with a restart between all of them.</summary>
    public static byte[] Restarted(int blocks, params int[] restarts) =>
        Of([Start, Quantization, Frame(width: 8 * blocks), Huffman, Interval(1), Scan, Block, .. restarts.SelectMany(number => new[] { Restart(number), Block }), End]);

    /// <summary>A picture whose Multi-Picture index names another so many bytes behind its own end, and that other one.</summary>
    public static byte[] MultiPicture(byte[] other, int gap = 0, bool isLittle = false, byte padding = 0)
    {
        const int Behind = 10; // the segment's head, and "MPF\0"
        var length = With(MultiPictureIndex(0, isLittle)).Length;
        return [.. With(MultiPictureIndex(length - Behind + gap, isLittle)), .. Enumerable.Repeat(padding, gap), .. other];
    }

    public static byte[] SamsungBlock(string name, ReadOnlySpan<byte> data) =>
        [0, 0, 0x30, 0x0A, .. Little(name.Length), .. System.Text.Encoding.ASCII.GetBytes(name), .. data];

    /// <summary>The blocks, and the directory that ends the file.</summary>
    public static byte[] Samsung(params byte[][] blocks)
    {
        var left = blocks.Sum(block => block.Length);
        var entries = new List<byte>();
        foreach (var block in blocks)
        {
            entries.AddRange([0, 0, 0x30, 0x0A, .. Little(left), .. Little(block.Length)]);
            left -= block.Length;
        }

        return [.. blocks.SelectMany(block => block), .. "SEFH"u8, .. Little(106), .. Little(blocks.Length), .. entries, .. Little(12 + entries.Count), .. "SEFT"u8];
    }

    private static byte[] MultiPictureIndex(int offset, bool isLittle)
    {
        byte[] Two(int number) => isLittle ? [(byte)number, (byte)(number >> 8)] : Number(number);
        byte[] Four(int number) => isLittle ? Little(number) : [.. Number(number >> 16), .. Number(number & 0xFFFF)];
        return Application(2,
        [
            .. "MPF\0"u8, .. isLittle ? "II*\0"u8 : "MM\0*"u8, .. Four(8),
            .. Two(2),
            .. Two(0xB001), .. Two(4), .. Four(1), .. Four(2),
            .. Two(0xB002), .. Two(7), .. Four(32), .. Four(38),
            .. Four(0),
            .. new byte[16],
            .. Four(0), .. Four(1000), .. Four(offset), .. Four(0),
        ]);
    }

    private static byte[] Number(int number) => [(byte)(number >> 8), (byte)number];

    private static byte[] Little(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
