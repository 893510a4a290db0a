using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Stripping;

/// <summary>How a picture is to be turned, the one thing in EXIF that viewers need. EXIF 2.32 (CIPA DC-008), 4.6.4.</summary>
internal static class Orientation
{
    private const ushort Tag = 0x0112;
    private const ushort ShortType = 3;

    /// <param name="tiff">From the byte order mark on.</param>
    /// <returns>EXIF that says this and no more; empty: as it is, or nothing is said.</returns>
    public static byte[] Only(ReadOnlySpan<byte> tiff)
    {
        var directory = new TiffDirectory(tiff);
        var field = directory.Find(Tag);
        return !field.IsEmpty && directory.Short(field[2..]) == ShortType && directory.Short(field[8..]) is > 1 and <= 8 and var orientation
            ? [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, Tag >> 8, Tag & 0xFF, 0, (byte)ShortType, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]
            : [];
    }
}
