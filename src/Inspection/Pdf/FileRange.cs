using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Pdf;

/// <summary>A part of the file as a stream, whose positions are those of the file.</summary>
internal sealed class FileRange(PdfFile file, long start, long length) : ReadOnlyBytes
{
    private readonly long _end = start + length;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position { get; set; } = start;

    public override int Read(Span<byte> buffer)
    {
        var count = file.Read(Position, buffer[..(int)Math.Clamp(_end - Position, 0, buffer.Length)]);
        Position += count;
        return count;
    }
}
