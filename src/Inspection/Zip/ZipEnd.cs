using System.Text;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Zip;

/// <summary>
/// What the records at the end of the file say of the central directory. The end record stands at the very end, or right in front of one of two known texts: then no
/// two readers can find different ones.
/// </summary>
/// <param name="Directory">Where the directory begins.</param>
/// <param name="Offset">Where the end records begin, and the directory ends.</param>
/// <param name="Entries">In the directory.</param>
internal readonly record struct ZipEnd(long Directory, long Offset, int Entries)
{
    private const int Length = 22;
    private const int LocatorLength = 20;
    private const int Length64 = 56;

    /// <summary>
    /// The comment and what is behind it: neither; what docx-rs writes; a line feed that a file got on its way. A record that is followed by one of them is followed by
    /// no other, so its place is fixed.
    /// </summary>
    private static readonly (string Comment, string Behind)[] Tails = [("", ""), ("zip-rs", ""), ("", "\n")];

    public static ZipEnd Find(FileBytes file, Inspector inspector)
    {
        var at = Position(file, inspector);
        var record = file.At(at, Length);
        if ((Little.U16(record, 4), Little.U16(record, 6)) != (0, 0))
            throw inspector.Broken(at, "an archive of more than one disk");
        ulong entries = Little.U16(record, 10), size = Little.U32(record, 12), directory = Little.U32(record, 16);
        if (Little.U16(record, 8) != entries)
            throw inspector.Broken(at, "two numbers of entries");

        if (at >= LocatorLength && file.At(at - LocatorLength, LocatorLength) is var locator && locator.StartsWith("PK\x06\x07"u8))
        {
            at -= LocatorLength + Length64;
            if (at < 0 || Little.U32(locator, 4) != 0 || Little.U64(locator, 8) != (ulong)at || Little.U32(locator, 16) != 1)
                throw inspector.Broken(at, "a zip64 locator that points elsewhere");
            var record64 = file.At(at, Length64);
            if (!record64.StartsWith("PK\x06\x06"u8) || Little.U64(record64, 4) != Length64 - 12 || Little.U64(record64, 16) != 0)
                throw inspector.Broken(at, "no zip64 end record where its locator points");
            if (!Agree(entries, ushort.MaxValue, Little.U64(record64, 32)) || Little.U64(record64, 24) != Little.U64(record64, 32)
                || !Agree(size, uint.MaxValue, Little.U64(record64, 40)) || !Agree(directory, uint.MaxValue, Little.U64(record64, 48)))
                throw inspector.Broken(at, "end records that differ");
            (entries, size, directory) = (Little.U64(record64, 32), Little.U64(record64, 40), Little.U64(record64, 48));
        }

        if (directory > (ulong)at || size != (ulong)at - directory)
            throw inspector.Broken(at, "a directory that does not reach from where it should to its end record");
        if (entries > ZipDirectory.MaxEntries)
            inspector.Break(Rules.TooComplex, at, $"{entries} entries");
        if (entries > size)
            throw inspector.Broken(at, "more entries than the directory has room for");
        return new ZipEnd((long)directory, at, (int)entries);
    }

    private static long Position(FileBytes file, Inspector inspector)
    {
        foreach (var (comment, behind) in Tails)
        {
            var at = file.Length - Length - comment.Length - behind.Length;
            if (at >= 0 && file.At(at, Length) is var record && record.StartsWith("PK\x05\x06"u8) && Little.U16(record, 20) == comment.Length
                && Encoding.ASCII.GetString(file.At(at + Length, FileBytes.Window)) == comment + behind)
                return at;
        }

        return LookFor(file, inspector);
    }

    /// <summary>Where nothing but what is behind it is wrong, that is said of the file.</summary>
    private static long LookFor(FileBytes file, Inspector inspector)
    {
        var start = Math.Max(0, file.Length - FileBytes.Window);
        var tail = file.At(start, FileBytes.Window);
        var at = tail.LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < Length)
            throw inspector.Broken(file.Length, "no end record");
        if (Little.U16(tail, at + 20) != 0)
            throw inspector.Broken(start + at, "an archive comment");
        inspector.Break(Rules.TrailingData, start + at + Length, $"{tail.Length - at - Length} bytes after the end record");
        return start + at;
    }

    /// <summary>A number that has too few bits is written with all of them set, and stands in the zip64 record (APPNOTE 4.4.1.4).</summary>
    private static bool Agree(ulong narrow, ulong full, ulong wide) => narrow == full || narrow == wide;
}
