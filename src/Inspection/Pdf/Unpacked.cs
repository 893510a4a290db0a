using System.IO.Compression;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Pdf;

/// <summary>What a stream of the file unpacks to, forward only and counted. Throws <see cref="InvalidDataException"/> where it is damaged.</summary>
internal sealed class Unpacked : ReadOnlyBytes
{
    private readonly PdfFile _file;
    private readonly Stream _content;
    private readonly long _offset;
    private readonly long _packed;
    private readonly bool _isPacked;
    private long _count;

    /// <param name="file">The file.</param>
    /// <param name="offset">Where its packed bytes begin.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="packing">One that is readable.</param>
    public Unpacked(PdfFile file, long offset, long length, Packing packing)
    {
        _file = file;
        _offset = offset;
        _packed = length;
        _isPacked = packing.IsFlate;
        _content = new FileRange(file, offset, length);
        if (packing.IsFlate)
            _content = new ZLibStream(_content, CompressionMode.Decompress);
        // Without a filter nobody looks at the parameters.
        if (packing is { IsFlate: true, Predictor: > 1 })
            _content = new PngRows(_content, packing);
    }

    public override long Position
    {
        get => _count;
        set
        {
            if (value < _count)
                throw new InvalidDataException("back");
            Span<byte> skipped = stackalloc byte[1024];
            while (_count < value && Read(skipped[..(int)Math.Min(skipped.Length, value - _count)]) > 0)
            {
            }
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = _content.ReadPacked(buffer);
        _count += count;
        if (_isPacked)
            _file.Expand(count, _count, _packed, _offset);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _content.Dispose();
        base.Dispose(disposing);
    }
}
