using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Zip;

/// <summary>
/// The central directory, which says what is in the file. It is believed as far as each local header agrees with it, and as the entries fill the file from its
/// first byte to the directory without a gap (see <see cref="LocalEntry"/>).
/// </summary>
internal static class ZipDirectory
{
    /// <summary>Documents with a thousand pictures have some more parts than that.</summary>
    public const int MaxEntries = 4096;

    /// <summary>So that a directory fits into the memory that an inspection has.</summary>
    private const int MaxNames = 128 << 10;

    private const int HeaderLength = 46;
    private const uint DosVolume = 0x08;
    private const uint DosDirectory = 0x10;
    private const uint UnixDirectory = 4;
    private const uint UnixFile = 8;

    /// <returns>In the order in which they lie in the file.</returns>
    public static ZipEntry[] Read(FileBytes file, in ZipEnd end, Inspector inspector)
    {
        var entries = new ZipEntry[end.Entries];
        var at = end.Directory;
        var names = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            at = ReadOne(file, at, end, inspector, out entries[i]);
            names += entries[i].Name.Length;
            if (names > MaxNames)
                throw new BrokenRuleException(new Breach(Rules.TooComplex, at, $"{names} bytes of names"));
        }

        if (at != end.Offset)
            throw inspector.Broken(at, "something between the directory and its end record");
        Array.Sort(entries, static (one, other) => one.Offset.CompareTo(other.Offset));
        return entries;
    }

    private static long ReadOne(FileBytes file, long at, in ZipEnd end, Inspector inspector, out ZipEntry entry)
    {
        if (at + HeaderLength > end.Offset)
            throw inspector.Broken(at, "a directory that ends early");
        var header = file.At(at, HeaderLength);
        if (!header.StartsWith("PK\x01\x02"u8))
            throw inspector.Broken(at, "no directory header");
        var flags = (ZipFlags)Little.U16(header, 8);
        var method = (ZipMethod)Little.U16(header, 10);
        var crc = Little.U32(header, 16);
        ulong packed = Little.U32(header, 20), size = Little.U32(header, 24), offset = Little.U32(header, 42);
        var attributes = Little.U32(header, 38);
        int nameLength = Little.U16(header, 28), extraLength = Little.U16(header, 30);
        JudgeKind(at, flags, method, inspector);
        if (Little.U16(header, 32) != 0)
            throw inspector.Broken(at, "an entry's comment");
        if (Little.U16(header, 34) != 0)
            throw inspector.Broken(at, "an entry on another disk");
        var next = at + HeaderLength + nameLength + extraLength;
        if (next > end.Offset)
            throw inspector.Broken(at, "a directory that ends early");

        var name = EntryName.Judge(file.At(at + HeaderLength, nameLength), at, inspector);
        ExtraFields.Of(file, at + HeaderLength + nameLength, extraLength, inspector).Widen(ref size, ref packed, ref offset, at, inspector);
        if (Math.Max(offset, packed) > (ulong)end.Directory || size > long.MaxValue)
            throw inspector.Broken(at, "an entry beyond the directory");
        entry = new ZipEntry(name, (long)offset, (long)packed, (long)size, crc, flags, method);
        JudgeAttributes(at, attributes, entry.IsDirectory, inspector);
        if (entry.IsDirectory && entry.Size != 0)
            throw inspector.Broken(at, "a directory entry with content");
        return next;
    }

    private static void JudgeKind(long at, ZipFlags flags, ZipMethod method, Inspector inspector)
    {
        if ((flags & (ZipFlags.Encrypted | ZipFlags.StronglyEncrypted | ZipFlags.Masked)) != ZipFlags.None)
            inspector.Break(Rules.DocxEncrypted, at, $"flags {(int)flags:x4}");
        if ((flags & ~(ZipFlags.Hard | ZipFlags.Fast | ZipFlags.Descriptor | ZipFlags.Utf8)) != ZipFlags.None)
            throw inspector.Broken(at, $"flags {(int)flags:x4}");
        if (method is not (ZipMethod.Stored or ZipMethod.Deflate))
            throw inspector.Broken(at, $"compression method {(int)method}");
    }

    /// <summary>The type bits of a Unix mode, whoever wrote them: extractors believe them too. Neither a link nor a device is a part of a document.</summary>
    private static void JudgeAttributes(long at, uint attributes, bool isDirectory, Inspector inspector)
    {
        var type = attributes >> 28;
        var isOdd = type switch
        {
            0 or UnixFile => false,
            UnixDirectory => !isDirectory,
            _ => true,
        };
        if (isOdd || (attributes & DosVolume) != 0 || ((attributes & DosDirectory) != 0 && !isDirectory))
            inspector.Break(Rules.DocxNames, at, $"an entry that is no file, attributes {attributes:x8}");
    }
}
