using System.Buffers.Binary;

namespace Uploader.Inspection.Png;

/// <summary>The frames of an animated PNG. <see href="https://www.w3.org/TR/png-3/#apng-frame-based-animation"/></summary>
internal sealed class Animation
{
    public const int ControlLength = 26;
    public const int SequenceLength = 4;

    private uint _sequence;
    private uint _declared;
    private uint _frames;

    /// <summary>The frame's that was announced last.</summary>
    public (uint Width, uint Height) Size { get; private set; }

    /// <summary>acTL.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public string? Declare(ReadOnlySpan<byte> content)
    {
        _declared = BinaryPrimitives.ReadUInt32BigEndian(content);
        return _declared == 0 ? "an animation without frames" : null;
    }

    /// <summary>fcTL.</summary>
    /// <param name="content">All of it.</param>
    /// <param name="canvas">What the frame is drawn on.</param>
    /// <param name="isFirst">The pixels of IDAT follow.</param>
    public string? Announce(ReadOnlySpan<byte> content, in PngHeader canvas, bool isFirst)
    {
        if (Number(content) is { } fault)
            return fault;
        var width = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(content[8..]);
        var x = BinaryPrimitives.ReadUInt32BigEndian(content[12..]);
        var y = BinaryPrimitives.ReadUInt32BigEndian(content[16..]);
        Size = (width, height);
        _frames++;
        return width == 0 || height == 0 || (ulong)x + width > canvas.Width || (ulong)y + height > canvas.Height ? "a frame beyond the picture"
            : isFirst && Size != (canvas.Width, canvas.Height) ? "a first frame smaller than the picture"
            : content[24] > 2 || content[25] > 1 ? "a frame that ends or blends in no known way"
            : null;
    }

    /// <summary>The number that fcTL and fdAT begin with.</summary>
    public string? Number(ReadOnlySpan<byte> content) =>
        _declared == 0 ? "a frame without an animation"
        : BinaryPrimitives.ReadUInt32BigEndian(content) != _sequence++ ? "a frame out of sequence"
        : null;

    public string? End() => _frames == _declared ? null : $"{_frames} frames of {_declared}";
}
