using Uploader.Inspection.Polyglots;

namespace Uploader.Inspection.Png;

/// <summary>Judges a PNG while it arrives, from its signature to IEND.</summary>
internal sealed class PngInspector : Inspector
{
    /// <summary>Metadata of which honest files have some kilobytes, colour profiles some megabytes.</summary>
    private const long MostUnpacked = 32 << 20;

    private readonly PngWalker _walker = new();
    private readonly ChunkOrder _order = new();
    private readonly Animation _animation = new();
    private readonly MetadataScan _scan;
    private readonly PackedText _text;
    private readonly byte[] _content = new byte[Animation.ControlLength];
    private int _known;
    private PngHeader _header;
    private PixelStream _pixels;
    private Frame _frame;

    public PngInspector(FileType type, InspectionPolicy policy) : base(type, policy)
    {
        _scan = new MetadataScan(this);
        _text = new PackedText(this, Math.Min(MostUnpacked, policy.MaxExpanded));
    }

    /// <summary>What pixels are expected or are coming.</summary>
    private enum Frame
    {
        None,
        Still,
        Announced,
        Coming,
    }

    protected override Rule Structure => Rules.PngStructure;

    private ReadOnlySpan<byte> Content => _content.AsSpan(0, _known);

    protected override void See(ReadOnlySpan<byte> piece)
    {
        while (true)
        {
            switch (_walker.Read(ref piece, out var content))
            {
                case PngToken.ChunkStart:
                    Begin();
                    break;
                case PngToken.ChunkContent:
                    Look(content);
                    break;
                case PngToken.ChunkEnd:
                    End();
                    break;
                case PngToken.Trailer:
                    Break(Rules.TrailingData, _walker.Offset - content.Length, "bytes after IEND");
                    return;
                default:
                    return;
            }
        }
    }

    protected override void Judge(Reading.FileBytes file)
    {
        if (!_walker.IsAtEnd)
            throw Broken(_walker.Offset, "ends before IEND");
    }

    private void Begin()
    {
        Require(_order.Add(_walker.Type, _walker.Length));
        if (_order.Pixels == PixelsAre.Past && _frame == Frame.Still)
            EndFrame();
        _known = 0;
        _scan.Reset();
        switch (_walker.Type)
        {
            case ChunkTypes.Idat:
                _frame = Frame.Still;
                break;
            case ChunkTypes.Fdat when _order.Pixels == PixelsAre.Past && _frame != Frame.None:
                _frame = Frame.Coming;
                break;
            case ChunkTypes.Fdat:
                Require("pixels of no frame");
                break;
            case ChunkTypes.Iend:
                EndFrame();
                Require(_animation.End());
                break;
            case var type when PackedText.IsIn(type):
                _text.Begin(type, _walker.ChunkOffset);
                break;
            case var type when ChunkTypes.IsUnknownCritical(type):
                Break(Rules.PngUnknownChunk, _walker.ChunkOffset, $"critical chunk {_walker.Type:X8}");
                break;
        }
    }

    private void Look(ReadOnlySpan<byte> content)
    {
        var start = content[..Math.Min(content.Length, _content.Length - _known)];
        var before = _known;
        start.CopyTo(_content.AsSpan(_known));
        _known += start.Length;
        switch (_walker.Type)
        {
            case ChunkTypes.Idat:
                _pixels.Feed(content);
                return;
            case ChunkTypes.Fdat:
                _pixels.Feed(content[Math.Min(content.Length, Math.Max(0, Animation.SequenceLength - before))..]);
                return;
            case var type when PackedText.IsIn(type):
                _text.Feed(content);
                break;
        }

        _scan.Feed(content, _walker.Offset - content.Length, _walker.Type);
    }

    private void End()
    {
        if (!_walker.CrcFits)
            Require("a CRC that does not fit");
        switch (_walker.Type)
        {
            case ChunkTypes.Ihdr:
                _header = PngHeader.Read(Content);
                Require(_header.OutOfRange);
                if (_header.Pixels > Policy.MaxPixels)
                    Break(Rules.TooManyPixels, _walker.ChunkOffset, $"{_header.Width} × {_header.Height} pixels");
                _order.Know(_header);
                break;
            case ChunkTypes.Actl:
                Require(_animation.Declare(Content));
                break;
            case ChunkTypes.Fctl:
                EndFrame();
                Require(_animation.Announce(Content, _header, isFirst: _order.Pixels == PixelsAre.Ahead));
                _frame = Frame.Announced;
                break;
            case ChunkTypes.Fdat:
                Require(_animation.Number(Content));
                break;
            case var type when PackedText.IsIn(type):
                _text.End();
                break;
        }
    }

    /// <summary>What was announced must have come.</summary>
    private void EndFrame()
    {
        if (_frame == Frame.None)
            return;
        if (_frame == Frame.Announced)
            Require("a frame without pixels");
        var (width, height) = _frame == Frame.Still ? (_header.Width, _header.Height) : _animation.Size;
        Require(_pixels.Judge(_header.BytesOf(width, height)));
        _pixels = default;
        _frame = Frame.None;
    }

    private void Require(string? fault)
    {
        if (fault is not null)
            throw Broken(_walker.ChunkOffset, $"{fault} ({_walker.Type:X8})");
    }
}
