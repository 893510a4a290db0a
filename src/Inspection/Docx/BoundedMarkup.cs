using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Docx;

/// <summary>XML of which no node is longer than some: a reader keeps a whole one in memory, of a CDATA section or an instruction too.</summary>
internal sealed class BoundedMarkup(Stream content, long offset) : ReadOnlyBytes
{
    private const int MaxNode = 16 << 10;

    private int _left = MaxNode;

    /// <summary>A node begins. What the reader has of it already is part of what it asked for before.</summary>
    public void Begin() => _left = MaxNode;

    public override int Read(Span<byte> buffer)
    {
        if (_left == 0)
            throw new BrokenRuleException(new Breach(Rules.TooComplex, offset, $"a node of more than {MaxNode} bytes"));
        var count = content.Read(buffer[..Math.Min(buffer.Length, _left)]);
        _left -= count;
        return count;
    }
}
