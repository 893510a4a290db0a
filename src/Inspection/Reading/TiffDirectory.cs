using System.Buffers.Binary;

namespace Uploader.Inspection.Reading;

/// <summary>
/// The first directory of what is laid out as TIFF: EXIF, and the index of the Multi-Picture Format. Whatever is wrong with it, there is just nothing to be found
/// in it. TIFF 6.0, section 2.
/// </summary>
internal readonly ref struct TiffDirectory
{
    private const int HeaderLength = 8;
    private const int FieldLength = 12;

    private readonly ReadOnlySpan<byte> _tiff;
    private readonly ReadOnlySpan<byte> _fields;
    private readonly bool _isLittle;

    /// <param name="tiff">From its byte order mark on.</param>
    public TiffDirectory(ReadOnlySpan<byte> tiff)
    {
        _isLittle = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < HeaderLength || (!_isLittle && !tiff.StartsWith("MM\0*"u8)))
            return;
        _tiff = tiff;
        var fields = From(Long(tiff[4..]));
        if (fields.Length < sizeof(ushort))
            return;
        var count = Math.Min(Short(fields), (fields.Length - sizeof(ushort)) / FieldLength);
        _fields = fields.Slice(sizeof(ushort), count * FieldLength);
    }

    /// <returns>The field's twelve bytes; none: there is no such field.</returns>
    public ReadOnlySpan<byte> Find(ushort tag)
    {
        for (var fields = _fields; !fields.IsEmpty; fields = fields[FieldLength..])
        {
            if (Short(fields) == tag)
                return fields[..FieldLength];
        }

        return [];
    }

    /// <returns>What is there; none: that is beyond it.</returns>
    public ReadOnlySpan<byte> From(uint offset) => offset < _tiff.Length ? _tiff[(int)offset..] : [];

    public ushort Short(ReadOnlySpan<byte> bytes) =>
        _isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    public uint Long(ReadOnlySpan<byte> bytes) =>
        _isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
