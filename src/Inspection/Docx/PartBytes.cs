using Uploader.Inspection.Reading;
using Uploader.Inspection.Zip;

namespace Uploader.Inspection.Docx;

/// <summary>A part's content, looked at while it is read.</summary>
internal sealed class PartBytes(UnpackedBytes unpacked, PartContent content) : ReadOnlyBytes
{
    private bool _isOver;

    public override int Read(Span<byte> buffer)
    {
        var count = unpacked.Read(buffer);
        if (count > 0)
            content.See(buffer[..count]);
        else if (!_isOver)
            content.End();
        _isOver |= count == 0;
        return count;
    }

    /// <summary>To the end: only there is it known that all is right.</summary>
    public void ReadOut(Span<byte> buffer)
    {
        while (Read(buffer) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }
}
