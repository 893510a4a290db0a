using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Zip;

/// <summary>
/// The extra fields of a header: only those that packers write, each with the little content it has, so that nothing can hide in them. Of use is the one with
/// the numbers that do not fit into 32 bits.
/// </summary>
internal ref struct ExtraFields
{
    /// <summary>Word and System.IO.Packaging leave up to some 500 bytes of padding.</summary>
    private const int MaxLength = 4096;

    private ReadOnlySpan<byte> _zip64;
    private bool _hasZip64;

    /// <summary>Zeros where two sizes would be: Pages writes that into local headers where the field is not needed.</summary>
    public readonly bool IsBlank => _zip64.Length == 2 * sizeof(ulong) && !_zip64.ContainsAnyExcept((byte)0);

    public static ExtraFields Of(FileBytes file, long offset, int length, Inspector inspector)
    {
        if (length > MaxLength)
            throw inspector.Broken(offset, $"{length} bytes of extra fields");
        var extra = file.At(offset, length);
        var fields = new ExtraFields();
        while (!extra.IsEmpty)
        {
            if (extra.Length < 4 || Little.U16(extra, 2) > extra.Length - 4)
                throw inspector.Broken(offset, "an extra field that is longer than its header says");
            var content = extra.Slice(4, Little.U16(extra, 2));
            fields.Judge(Little.U16(extra, 0), content, offset, inspector);
            extra = extra[(4 + content.Length)..];
        }

        return fields;
    }

    /// <summary>
    /// Gives each number that is too large for its place from here (APPNOTE 4.5.3: in this order, each only if it is). Python writes the others
    /// too, and some readers take them from here: they must be the same.
    /// </summary>
    public readonly void Widen(ref ulong size, ref ulong packed, ref ulong offset, long at, Inspector inspector)
    {
        var rest = _zip64;
        var isOfAll = rest.Length != sizeof(ulong) * (Wanted(size) + Wanted(packed) + Wanted(offset));
        if (isOfAll && rest.Length is not (16 or 24 or 28))
            throw inspector.Broken(at, $"a zip64 field of {rest.Length} bytes");
        if (!Widen(ref size, ref rest, isOfAll) || !Widen(ref packed, ref rest, isOfAll) || !Widen(ref offset, ref rest, isOfAll))
            throw inspector.Broken(at, "a zip64 field that does not go with its header");
        if (rest.ContainsAnyExcept((byte)0))
            throw inspector.Broken(at, "an entry on another disk");
    }

    private static int Wanted(ulong number) => number == uint.MaxValue ? 1 : 0;

    private static bool Widen(ref ulong number, ref ReadOnlySpan<byte> rest, bool isOfAll)
    {
        var isWanted = number == uint.MaxValue;
        if (rest.Length < sizeof(ulong))
            return !isWanted;
        if (!isWanted && !isOfAll)
            return true;
        var wide = Little.U64(rest, 0);
        if (!isWanted && wide != number)
            return false;
        number = wide;
        rest = rest[sizeof(ulong)..];
        return true;
    }

    /// <summary>APPNOTE 4.6, and Info-ZIP's proginfo/extrafld.txt.</summary>
    private void Judge(ushort id, ReadOnlySpan<byte> content, long offset, Inspector inspector)
    {
        var isKnown = id switch
        {
            0x0001 => !_hasZip64, // zip64, judged with what it widens
            0x000A => content.Length == 32, // NTFS times
            0x4949 => content.Length == 16, // libgsf keeps the place of a zip64 field with it (gsf-zip-impl.h)
            0x5455 => content.Length <= 13, // Unix times
            0x5855 => content.Length <= 12, // Unix, of old
            0x7855 => content.Length <= 4, // Unix owner
            0x7875 => content.Length <= 15, // Unix owner, newer
            0xA220 => IsGrowthHint(content),
            _ => false,
        };
        if (!isKnown)
            throw inspector.Broken(offset, $"an extra field {id:x4} of {content.Length} bytes");
        if (id != 0x0001)
            return;
        _hasZip64 = true;
        _zip64 = content;
    }

    /// <summary>What Office leaves room with: a signature, a length, and the same byte over and over (ISO/IEC 29500-2, C.6).</summary>
    private static bool IsGrowthHint(ReadOnlySpan<byte> content) =>
        content.Length >= 4 && Little.U16(content, 0) == 0xA028 && (content.Length == 4 || !content[4..].ContainsAnyExcept(content[4]));
}
