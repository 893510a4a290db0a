namespace Uploader.Inspection.Pdf;

/// <summary>A part of the file as a stream, whose positions are those of the file.</summary>
internal sealed class FileRange(PdfFile file, long start, long length) : Stream
{
    private readonly long _end = start + length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; } = start;

    public override int Read(Span<byte> buffer)
    {
        var count = file.Read(Position, buffer[..(int)Math.Clamp(_end - Position, 0, buffer.Length)]);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
