using System.Text;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Zip;

/// <summary>
/// The entry where it lies: its local header says what the directory says, and it ends where the next one begins. Readers that stream believe the one, readers
/// that seek the other.
/// </summary>
internal static class LocalEntry
{
    private const int HeaderLength = 30;

    /// <param name="file">The file.</param>
    /// <param name="entry">As the directory has it.</param>
    /// <param name="next">Where the next entry begins, or the directory.</param>
    /// <param name="inspector">Is told.</param>
    /// <returns>Where its packed bytes begin.</returns>
    public static long Judge(FileBytes file, in ZipEntry entry, long next, Inspector inspector)
    {
        var at = entry.Offset;
        var header = file.At(at, HeaderLength);
        if (header.Length < HeaderLength || !header.StartsWith("PK\x03\x04"u8))
            throw inspector.Broken(at, "no local header");
        if ((ZipFlags)Little.U16(header, 6) != entry.Flags || (ZipMethod)Little.U16(header, 8) != entry.Method)
            throw inspector.Broken(at, "flags or a method that differ from the directory's");
        var crc = Little.U32(header, 14);
        ulong packed = Little.U32(header, 18), size = Little.U32(header, 22), offset = (ulong)at;
        int nameLength = Little.U16(header, 26), extraLength = Little.U16(header, 28);

        JudgeName(file.At(at + HeaderLength, nameLength), entry, inspector);
        var extra = ExtraFields.Of(file, at + HeaderLength + nameLength, extraLength, inspector);
        // A field that is not needed is read by nobody who seeks, and who streams goes by the header's sizes too.
        if (!extra.IsBlank || size == uint.MaxValue || packed == uint.MaxValue)
            extra.Widen(ref size, ref packed, ref offset, at, inspector);
        var mayFollow = entry.Flags.HasFlag(ZipFlags.Descriptor);
        if (!Agrees(crc, entry.Crc, mayFollow) || !Agrees(packed, (ulong)entry.Packed, mayFollow) || !Agrees(size, (ulong)entry.Size, mayFollow))
            throw inspector.Broken(at, "a checksum or sizes that differ from the directory's");

        var data = at + HeaderLength + nameLength + extraLength;
        if (data + entry.Packed > next)
            throw inspector.Broken(at, "an entry that reaches into the next");
        if (mayFollow)
            JudgeDescriptor(file, entry, data + entry.Packed, next, inspector);
        else if (data + entry.Packed < next)
            throw inspector.Broken(data + entry.Packed, "something between entries");
        return data;
    }

    private static void JudgeName(ReadOnlySpan<byte> raw, in ZipEntry entry, Inspector inspector)
    {
        Span<byte> name = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(entry.Name, name, out var length) || !raw.SequenceEqual(name[..length]))
            throw inspector.Broken(entry.Offset, "a name that differs from the directory's");
    }

    /// <summary>With or without signature, and with sizes of four or of eight bytes (APPNOTE 4.3.9): its length says which.</summary>
    private static void JudgeDescriptor(FileBytes file, in ZipEntry entry, long at, long next, Inspector inspector)
    {
        if (next - at is not (12 or 16 or 20 or 24))
            throw inspector.Broken(at, $"{next - at} bytes where a data descriptor should be");
        var descriptor = file.At(at, (int)(next - at));
        if (descriptor.Length is 16 or 24)
        {
            if (!descriptor.StartsWith("PK\x07\x08"u8))
                throw inspector.Broken(at, "no data descriptor");
            descriptor = descriptor[4..];
        }

        var (packed, size) = descriptor.Length == 12
            ? (Little.U32(descriptor, 4), Little.U32(descriptor, 8))
            : (Little.U64(descriptor, 4), Little.U64(descriptor, 12));
        if (Little.U32(descriptor, 0) != entry.Crc || packed != (ulong)entry.Packed || size != (ulong)entry.Size)
            throw inspector.Broken(at, "a data descriptor that differs from the directory");
    }

    private static bool Agrees(ulong local, ulong directory, bool mayFollow) => local == directory || (mayFollow && local == 0);
}
