using static Uploader.Inspection.Png.ChunkTypes;

namespace Uploader.Inspection.Png;

/// <summary>
/// Which chunk may come when, how often and how long. <see href="https://www.w3.org/TR/png-3/#5ChunkOrdering"/> The law is kept for what makes the picture;
/// colour spaces, sizes and times that come twice or late are written, and readers skip them.
/// </summary>
internal sealed class ChunkOrder
{
    private const int MostColours = 256;

    private ulong _seen;
    private uint _colours;
    private PngHeader _header;

    private static ReadOnlySpan<uint> Once => [Ihdr, Plte, Iend, Trns, Actl];

    private static ReadOnlySpan<uint> BeforePixels => [Plte, Trns, Actl];

    public PixelsAre Pixels { get; private set; }

    private bool IsIndexed => _header.Colour == ColourType.Indexed;

    public void Know(in PngHeader header) => _header = header;

    /// <summary>The next chunk.</summary>
    /// <returns>What is wrong with it; null: it may stand here.</returns>
    public string? Add(uint type, uint length)
    {
        if (length > int.MaxValue)
            return "a length of more than 31 bits";
        if (!IsName(type))
            return "a chunk type that is not four letters";
        if (_seen == 0 && type != Ihdr)
            return IsUnknownCritical(type) ? null : "the first chunk is not IHDR";

        var once = Once.IndexOf(type);
        if (once >= 0 && (_seen & 1UL << once) != 0)
            return "a second chunk of a type that comes once";
        if (once >= 0)
            _seen |= 1UL << once;

        if (type == Idat)
            return AddPixels();
        if (Pixels == PixelsAre.Coming)
            Pixels = PixelsAre.Past;
        if (Pixels != PixelsAre.Ahead && BeforePixels.Contains(type))
            return "a chunk that comes before the pixels";
        if (type == Iend && Pixels == PixelsAre.Ahead)
            return "no pixels";
        return IsLengthOf(type, length) ? null : $"a length of {length}";
    }

    private string? AddPixels()
    {
        if (Pixels == PixelsAre.Past)
            return "pixels that are not together";
        if (IsIndexed && _colours == 0)
            return "no palette before the pixels";
        Pixels = PixelsAre.Coming;
        return null;
    }

    private bool IsLengthOf(uint type, uint length) => type switch
    {
        Ihdr => length == PngHeader.Length,
        Plte => IsPalette(length),
        Iend => length == 0,
        Trns => _header.Colour switch
        {
            ColourType.Greyscale => length == 2,
            ColourType.TrueColour => length == 6,
            ColourType.Indexed => length > 0 && length <= _colours,
            _ => false,
        },
        // Of whatever type of colour: who converts a picture may keep them as they were, and readers pass over those.
        Bkgd => length is 1 or 2 or 6,
        Sbit => length is >= 1 and <= 4,
        Hist => length > 0 && length == _colours * 2,
        Chrm => length == 32,
        Gama or Cicp => length == 4,
        Srgb => length == 1,
        Mdcv => length == 24,
        Clli or Actl => length == 8,
        Phys => length == 9,
        Time => length == 7,
        Fctl => length == Animation.ControlLength,
        Fdat => length >= Animation.SequenceLength,
        _ => true,
    };

    /// <summary>More colours than the bit depth can name do no harm, and are written.</summary>
    private bool IsPalette(uint length)
    {
        _colours = length / 3;
        return length % 3 == 0 && _colours is > 0 and <= MostColours && (IsIndexed || _header.HasColour);
    }
}

/// <summary>Where a file's IDAT chunks are, seen from the current one.</summary>
internal enum PixelsAre
{
    Ahead,
    Coming,
    Past,
}
