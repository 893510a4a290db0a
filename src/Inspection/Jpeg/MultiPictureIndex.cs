using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Jpeg;

/// <summary>The index of the Multi-Picture Format. CIPA DC-007, 5.2.</summary>
internal static class MultiPictureIndex
{
    private const ushort EntriesTag = 0xB002;
    private const int EntryLength = 16;
    private const int MostEntries = 64;

    /// <param name="tiff">From the byte order mark on, from which all offsets count.</param>
    /// <param name="offset">Where that is in the file.</param>
    /// <param name="pictures">Gets the beginnings of the pictures behind the first. An index that is none names none.</param>
    public static void Read(ReadOnlySpan<byte> tiff, long offset, ISet<long> pictures)
    {
        var directory = new TiffDirectory(tiff);
        var field = directory.Find(EntriesTag);
        if (field.IsEmpty)
            return;
        var entries = directory.From(directory.Long(field[8..]));
        for (var left = Math.Min(directory.Long(field[4..]) / EntryLength, MostEntries); left > 0 && entries.Length >= EntryLength; left--)
        {
            // The first picture's is 0.
            if (directory.Long(entries[8..]) is not 0 and var picture)
                pictures.Add(offset + picture);
            entries = entries[EntryLength..];
        }
    }
}
