using System.IO.Compression;
using System.IO.Hashing;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Zip;

/// <summary>
/// An entry's content, checked while it is read: it is as long as the directory says, has its checksum, and takes all of the packed bytes and no more. Nothing is
/// believed: what unpacks to more is found when it does.
/// </summary>
internal sealed class UnpackedBytes : ReadOnlyBytes
{
    /// <summary>
    /// How many bytes one packed byte may become, once an entry is large. Deflate ends at 1032; see docs/inspection.md for what real documents reach.
    /// </summary>
    private const int MaxRatio = 400;

    private const int RatioFrom = 16 << 20;

    private readonly ZipEntry _entry;
    private readonly PackedBytes _packed;
    private readonly Stream _content;
    private readonly Expansion _expansion;
    private readonly Inspector _inspector;
    private readonly Crc32 _crc = new();
    private long _size;
    private bool _isOver;

    public UnpackedBytes(in ZipEntry entry, PackedBytes packed, Expansion expansion, Inspector inspector)
    {
        _entry = entry;
        _packed = packed;
        _content = entry.Method == ZipMethod.Stored ? packed : new DeflateStream(packed, CompressionMode.Decompress);
        _expansion = expansion;
        _inspector = inspector;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_isOver)
            return 0;
        var count = Unpack(buffer);
        if (count == 0)
        {
            _isOver = true;
            JudgeEnd();
            return 0;
        }

        _size += count;
        _expansion.Count(count, _entry.Offset);
        if (_size > _entry.Size)
            throw new BrokenRuleException(new Breach(Rules.Bomb, _entry.Offset, "an entry that unpacks to more than the directory says"));
        if (_size > RatioFrom && _size / MaxRatio > _entry.Packed)
            _inspector.Break(Rules.Bomb, _entry.Offset, $"an entry that unpacks to more than {MaxRatio} times its size");
        _crc.Append(buffer[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _content.ReadPacked(buffer);
        }
        catch (InvalidDataException)
        {
            throw _inspector.Broken(_entry.Offset, "packed bytes that do not unpack");
        }
    }

    private void JudgeEnd()
    {
        if (_packed.Left > 0)
            throw _inspector.Broken(_entry.Offset, "packed bytes after the end of the content");
        if (_entry.Method == ZipMethod.Deflate && _packed.IsExceeded)
            throw _inspector.Broken(_entry.Offset, "packed bytes that end early");
        if (_size != _entry.Size)
            throw _inspector.Broken(_entry.Offset, "content of another size than the directory says");
        if (_crc.GetCurrentHashAsUInt32() != _entry.Crc)
            throw _inspector.Broken(_entry.Offset, "content that does not have its checksum");
    }
}
