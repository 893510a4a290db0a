using Uploader.Inspection.Reading;
using Uploader.Inspection.Zip;

namespace Uploader.Inspection.Docx;

/// <summary>XML of which no tag is longer than some: a reader keeps a whole one in memory. In well-formed XML every tag begins with a byte that no attribute holds.</summary>
internal sealed class BoundedMarkup(Stream content, long offset) : ReadOnlyBytes
{
    private const int MaxTag = 16 << 10;

    private int _length;

    public override int Read(Span<byte> buffer)
    {
        var count = content.Read(buffer);
        var last = buffer[..count].LastIndexOf((byte)'<');
        var longest = last < 0 ? _length + count : Math.Max(_length + buffer.IndexOf((byte)'<'), count - last);
        if (longest > MaxTag)
            throw new BrokenRuleException(new Breach(Rules.TooComplex, offset, $"a tag of more than {MaxTag} bytes"));
        _length = last < 0 ? _length + count : count - last;
        return count;
    }
}
