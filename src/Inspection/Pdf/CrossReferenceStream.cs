namespace Uploader.Inspection.Pdf;

/// <summary>Reads a cross-reference stream (ISO 32000-1, 7.5.8).</summary>
internal static class CrossReferenceStream
{
    /// <summary>Bytes. Some programs give every number 8; readers keep 32 bits of them, so more must not be used.</summary>
    private const int LongestField = 8;

    /// <param name="file">The file.</param>
    /// <param name="offset">Where its content begins.</param>
    /// <param name="length">Bytes of it.</param>
    /// <param name="entries">Of its dictionary.</param>
    /// <param name="see">Told of every object.</param>
    /// <returns>It could be read.</returns>
    public static bool TryRead(PdfFile file, long offset, long length, Entries entries, Action<Entry> see)
    {
        if (entries.Widths is not [>= 0 and <= LongestField and var type, >= 0 and <= LongestField and var where, >= 0 and <= LongestField and var generation]
            || (entries.Index.Count % 2 != 0) || entries.Index.Exists(number => number < 0))
            return false;
        try
        {
            using var unpacked = new BufferedStream(new Unpacked(file, offset, length, entries.Packing), 4096);
            Span<byte> line = stackalloc byte[(int)(type + where + generation)];
            if (line.IsEmpty)
                return false;
            var pairs = entries.Index.Count == 0 ? [0, entries.Size] : entries.Index;
            for (var i = 0; i < pairs.Count; i += 2)
            {
                for (long number = pairs[i], left = pairs[i + 1]; left > 0; number++, left--)
                {
                    // Fewer lines than were said: the rest does not exist for any reader.
                    if (unpacked.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) < line.Length)
                        return false;
                    var entry = new Entry(
                        number,
                        type == 0 ? Entry.InFile : Number(line[..(int)type]),
                        Number(line.Slice((int)type, (int)where)),
                        Number(line[(int)(type + where)..]));
                    if (entry is not { Type: >= 0 and <= int.MaxValue, Where: >= 0 and <= int.MaxValue, Generation: >= 0 and <= int.MaxValue })
                        return false;
                    see(entry);
                }
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static long Number(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var b in bytes)
            value = (value << 8) | b;
        return value;
    }
}
