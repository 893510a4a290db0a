using System.Buffers.Binary;

namespace Uploader.Inspection.Png;

/// <summary>What the IHDR chunk says. <see href="https://www.w3.org/TR/png-3/#11IHDR"/></summary>
internal readonly record struct PngHeader(uint Width, uint Height, byte BitDepth, ColourType Colour, byte Compression, byte Filter, byte Interlace)
{
    public const int Length = 13;

    private const uint MaxSide = int.MaxValue;

    /// <summary>How the seven passes of Adam7 pick pixels: first column and row, and steps.</summary>
    private static ReadOnlySpan<byte> Adam7 => [0, 0, 8, 8, 4, 0, 8, 8, 0, 4, 4, 8, 2, 0, 4, 4, 0, 2, 2, 4, 1, 0, 2, 2, 0, 1, 1, 2];

    public long Pixels => (long)Width * Height;

    public bool HasColour => Colour is ColourType.TrueColour or ColourType.TrueColourAlpha;

    /// <summary>Null: all values are in their ranges; else which one is not.</summary>
    public string? OutOfRange =>
        Width is 0 or > MaxSide ? $"width {Width}"
        : Height is 0 or > MaxSide ? $"height {Height}"
        : !IsDepthOf(Colour, BitDepth) ? $"bit depth {BitDepth} of colour type {(byte)Colour}"
        : Compression != 0 ? $"compression method {Compression}"
        : Filter != 0 ? $"filter method {Filter}"
        : Interlace > 1 ? $"interlace method {Interlace}"
        : null;

    private int BitsPerPixel => BitDepth * Colour switch
    {
        ColourType.TrueColour => 3,
        ColourType.GreyscaleAlpha => 2,
        ColourType.TrueColourAlpha => 4,
        _ => 1,
    };

    public static PngHeader Read(ReadOnlySpan<byte> content) => new(
        BinaryPrimitives.ReadUInt32BigEndian(content),
        BinaryPrimitives.ReadUInt32BigEndian(content[4..]),
        content[8], (ColourType)content[9], content[10], content[11], content[12]);

    /// <summary>The length of the pixels of a picture of this kind, filter bytes and all, before compression.</summary>
    public UInt128 BytesOf(uint width, uint height)
    {
        if (Interlace == 0)
            return BytesOfPass(width, height);
        UInt128 bytes = 0;
        for (var passes = Adam7; !passes.IsEmpty; passes = passes[4..])
        {
            bytes += BytesOfPass(Steps(width, passes[0], passes[2]), Steps(height, passes[1], passes[3]));
        }

        return bytes;
    }

    private static uint Steps(uint side, uint first, uint step) => side <= first ? 0 : (side - first + step - 1) / step;

    private static bool IsDepthOf(ColourType colour, byte depth) => colour switch
    {
        ColourType.Greyscale => depth is 1 or 2 or 4 or 8 or 16,
        ColourType.Indexed => depth is 1 or 2 or 4 or 8,
        ColourType.TrueColour or ColourType.GreyscaleAlpha or ColourType.TrueColourAlpha => depth is 8 or 16,
        _ => false,
    };

    private UInt128 BytesOfPass(uint width, uint height) =>
        width == 0 ? 0 : (UInt128)height * (1 + ((ulong)width * (uint)BitsPerPixel + 7) / 8);
}

/// <summary>The values are the file's.</summary>
internal enum ColourType : byte
{
    Greyscale = 0,
    TrueColour = 2,
    Indexed = 3,
    GreyscaleAlpha = 4,
    TrueColourAlpha = 6,
}
