namespace Uploader.Inspection.Png;

/// <summary>The chunk types that are known, as the numbers that stand in the file. <see href="https://www.w3.org/TR/png-3/#11Chunks"/></summary>
internal static class ChunkTypes
{
    public const uint Ihdr = ('I' << 24) | ('H' << 16) | ('D' << 8) | 'R';
    public const uint Plte = ('P' << 24) | ('L' << 16) | ('T' << 8) | 'E';
    public const uint Idat = ('I' << 24) | ('D' << 16) | ('A' << 8) | 'T';
    public const uint Iend = ('I' << 24) | ('E' << 16) | ('N' << 8) | 'D';

    public const uint Trns = ('t' << 24) | ('R' << 16) | ('N' << 8) | 'S';
    public const uint Chrm = ('c' << 24) | ('H' << 16) | ('R' << 8) | 'M';
    public const uint Gama = ('g' << 24) | ('A' << 16) | ('M' << 8) | 'A';
    public const uint Iccp = ('i' << 24) | ('C' << 16) | ('C' << 8) | 'P';
    public const uint Sbit = ('s' << 24) | ('B' << 16) | ('I' << 8) | 'T';
    public const uint Srgb = ('s' << 24) | ('R' << 16) | ('G' << 8) | 'B';
    public const uint Cicp = ('c' << 24) | ('I' << 16) | ('C' << 8) | 'P';
    public const uint Mdcv = ('m' << 24) | ('D' << 16) | ('C' << 8) | 'V';
    public const uint Clli = ('c' << 24) | ('L' << 16) | ('L' << 8) | 'I';
    public const uint Bkgd = ('b' << 24) | ('K' << 16) | ('G' << 8) | 'D';
    public const uint Hist = ('h' << 24) | ('I' << 16) | ('S' << 8) | 'T';
    public const uint Phys = ('p' << 24) | ('H' << 16) | ('Y' << 8) | 's';
    public const uint Splt = ('s' << 24) | ('P' << 16) | ('L' << 8) | 'T';
    public const uint Exif = ('e' << 24) | ('X' << 16) | ('I' << 8) | 'f';
    public const uint Time = ('t' << 24) | ('I' << 16) | ('M' << 8) | 'E';

    public const uint Text = ('t' << 24) | ('E' << 16) | ('X' << 8) | 't';
    public const uint Ztxt = ('z' << 24) | ('T' << 16) | ('X' << 8) | 't';
    public const uint Itxt = ('i' << 24) | ('T' << 16) | ('X' << 8) | 't';

    public const uint Actl = ('a' << 24) | ('c' << 16) | ('T' << 8) | 'L';
    public const uint Fctl = ('f' << 24) | ('c' << 16) | ('T' << 8) | 'L';
    public const uint Fdat = ('f' << 24) | ('d' << 16) | ('A' << 8) | 'T';

    /// <summary>Without knowing it a picture cannot be shown: its first letter is a capital.</summary>
    public static bool IsUnknownCritical(uint type) => (type & 0x2000_0000) == 0 && type is not (Ihdr or Plte or Idat or Iend);

    /// <summary>Four letters.</summary>
    public static bool IsName(uint type) =>
        char.IsAsciiLetter((char)(type >> 24)) && char.IsAsciiLetter((char)(type >> 16 & 0xFF))
        && char.IsAsciiLetter((char)(type >> 8 & 0xFF)) && char.IsAsciiLetter((char)(type & 0xFF));
}
