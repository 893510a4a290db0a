using System.Buffers.Binary;

namespace Uploader.Inspection.Jpeg;

/// <summary>What the SOF segment says. ITU-T T.81, B.2.2.</summary>
internal sealed class JpegFrame
{
    private const int HeadLength = 6;
    private const int ComponentLength = 3;
    private const int MostComponents = 4;
    private const int MostSampling = 4;
    private const int BlockSide = 8;

    private readonly byte _marker;
    private readonly byte _precision;
    private readonly Component[] _components;

    private JpegFrame(byte marker, ReadOnlySpan<byte> content)
    {
        _marker = marker;
        _precision = content[0];
        Height = BinaryPrimitives.ReadUInt16BigEndian(content[1..]);
        Width = BinaryPrimitives.ReadUInt16BigEndian(content[3..]);
        _components = new Component[content[5]];
        for (var i = 0; i < _components.Length; i++)
        {
            var component = content[(HeadLength + i * ComponentLength)..];
            _components[i] = new Component(component[0], component[1] >> 4, component[1] & 0x0F, component[2]);
        }
    }

    /// <summary>Lines; 0: a DNL segment says how many.</summary>
    public int Height { get; set; }

    public int Width { get; }

    public long Pixels => (long)Width * Height;

    public ReadOnlySpan<Component> Components => _components;

    public bool IsProgressive => _marker is Markers.ProgressiveFrame or Markers.ArithmeticProgressiveFrame;

    public bool IsArithmetic => _marker is Markers.ArithmeticFrame or Markers.ArithmeticProgressiveFrame;

    private int MostHorizontal => _components.Max(component => component.Horizontal);

    private int MostVertical => _components.Max(component => component.Vertical);

    /// <param name="marker">Which SOF.</param>
    /// <param name="content">All of it.</param>
    /// <param name="fault">What is wrong with it.</param>
    public static JpegFrame? Read(byte marker, ReadOnlySpan<byte> content, out string? fault)
    {
        fault = content.Length < HeadLength || content.Length != HeadLength + ComponentLength * content[5] ? "a frame of a wrong length"
            : content[5] is 0 or > MostComponents ? $"{content[5]} components"
            : null;
        if (fault is not null)
            return null;
        var frame = new JpegFrame(marker, content);
        fault = frame.Fault();
        return frame;
    }

    /// <summary>How many units between which a restart may stand a scan of these components has. A.2.</summary>
    public long UnitsOf(ReadOnlySpan<int> components)
    {
        if (components.Length > 1)
            return (long)Ceiling(Width, BlockSide * MostHorizontal) * Ceiling(Height, BlockSide * MostVertical);
        var only = _components[components[0]];
        return (long)Ceiling(Ceiling(Width * only.Horizontal, MostHorizontal), BlockSide)
            * Ceiling(Ceiling(Height * only.Vertical, MostVertical), BlockSide);
    }

    private static int Ceiling(int number, int divisor) => (number + divisor - 1) / divisor;

    private string? Fault()
    {
        if (Width == 0)
            return "a width of 0";
        if (!(_precision == 8 || (_precision == 12 && _marker != Markers.BaselineFrame)))
            return $"{_precision} bits a sample";
        foreach (var component in _components)
        {
            if (component.Horizontal is 0 or > MostSampling || component.Vertical is 0 or > MostSampling)
                return $"a sampling of {component.Horizontal} × {component.Vertical}";
            if (component.Quantization >= JpegTables.Places)
                return $"quantization table {component.Quantization}";
        }

        return null;
    }

    internal readonly record struct Component(byte Id, int Horizontal, int Vertical, byte Quantization);
}
