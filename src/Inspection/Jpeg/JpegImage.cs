using System.Buffers.Binary;
using System.Numerics;
using Uploader.Inspection.Polyglots;

namespace Uploader.Inspection.Jpeg;

/// <summary>Judges one JPEG image, from its SOI to its EOI, while it comes. A file may have more of them.</summary>
/// <param name="inspector">The file's.</param>
/// <param name="policy">What it is judged by.</param>
/// <param name="start">The image's offset in the file.</param>
internal sealed class JpegImage(Inspector inspector, InspectionPolicy policy, long start = 0)
{
    /// <summary>Each costs who shows it another walk over all pixels. Encoders write 20 at most; libjpeg-turbo's fuzzers stop here too.</summary>
    private const int MostScans = 500;

    private readonly JpegWalker _walker = new(start);
    private readonly JpegScan _scan = new();
    private readonly MetadataScan _metadata = new(inspector);
    private byte[] _content = [];
    private int _known;
    private JpegTables _tables;
    private JpegFrame? _frame;
    private int _interval;
    private int _scans;
    private int _coded;
    private bool _isBegun;
    private bool _isInScan;

    /// <summary>What its metadata says of what is behind it.</summary>
    public Announcements Announced { get; } = new();

    /// <summary>EOI is past.</summary>
    public bool IsOver => _walker.IsOver;

    /// <summary>Of the next byte.</summary>
    public long Offset => _walker.Offset;

    private ReadOnlySpan<byte> Content => _content.AsSpan(0, _known);

    /// <param name="piece">The next bytes of the file; what belongs to this image is cut off.</param>
    public void See(ref ReadOnlySpan<byte> piece)
    {
        while (true)
        {
            switch (_walker.Read(ref piece, out var content))
            {
                case JpegToken.Marker:
                    Pass();
                    break;
                case JpegToken.SegmentStart:
                    Begin();
                    break;
                case JpegToken.SegmentContent:
                    Look(content);
                    break;
                case JpegToken.SegmentEnd:
                    End();
                    break;
                case JpegToken.Scan:
                    break;
                case JpegToken.Stray:
                    throw inspector.Broken(_walker.Offset - content.Length, "bytes where a marker should be");
                default:
                    return;
            }
        }
    }

    private void Pass()
    {
        var marker = _walker.Marker;
        if (!_isBegun)
            Require(marker == Markers.StartOfImage && _walker.MarkerOffset == start ? null : "no SOI");
        else if (_isInScan && Markers.IsRestart(marker))
            Require(_scan.Restart(marker, _interval));
        else if (marker == Markers.EndOfImage)
            EndImage();
        else
            Require("a marker that cannot stand here");
        _isBegun = true;
    }

    private void Begin()
    {
        var marker = _walker.Marker;
        if (!_isBegun)
            Require("no SOI");
        if (_walker.Length < 2)
            Require($"a segment of {_walker.Length} bytes");
        if (marker != Markers.NumberOfLines)
            EndScan();
        _known = 0;
        _metadata.Reset();
        if (IsRead(marker) && _content.Length < _walker.Length)
            _content = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)_walker.Length)];
    }

    /// <summary>Its content means something here. What appended pictures announce does not.</summary>
    private bool IsRead(byte marker) => !Markers.IsFree(marker) || (start == 0 && marker is Markers.Exif or Markers.Profile);

    private void Look(ReadOnlySpan<byte> content)
    {
        if (IsRead(_walker.Marker))
        {
            content.CopyTo(_content.AsSpan(_known));
            _known += content.Length;
        }

        // Tables too: what stands in them is anybody's choice, and each may come again and again.
        _metadata.Feed(content, _walker.Offset - content.Length, _walker.Marker);
    }

    private void End()
    {
        switch (_walker.Marker)
        {
            case var marker when Markers.IsFrame(marker):
                BeginFrame(marker);
                break;
            case Markers.StartOfScan:
                BeginScan();
                break;
            case Markers.NumberOfLines:
                CountLines();
                break;
            case Markers.QuantizationTables:
                Require(_tables.AddQuantization(Content));
                break;
            case Markers.HuffmanTables:
                Require(_tables.AddHuffman(Content));
                break;
            case Markers.ArithmeticConditioning:
                Require(JpegTables.ArithmeticFault(Content));
                break;
            case Markers.RestartInterval:
                Require(_known == sizeof(ushort) ? null : "a restart interval of a wrong length");
                _interval = BinaryPrimitives.ReadUInt16BigEndian(Content);
                break;
            case Markers.Exif or Markers.Profile when IsRead(_walker.Marker):
                Announced.Read(Content, _walker.Offset - _known);
                break;
            case var marker when !Markers.IsFree(marker):
                Require("a segment that common readers do not know");
                break;
        }
    }

    private void BeginFrame(byte marker)
    {
        Require(_frame is null ? null : "a second frame");
        _frame = JpegFrame.Read(marker, Content, out var fault);
        Require(fault);
        JudgePixels();
    }

    private void BeginScan()
    {
        if (_frame is null)
            throw inspector.Broken(_walker.MarkerOffset, "a scan without a frame");
        if (_frame.Height == 0 && _scans > 0)
            Require("a frame without lines");
        if (++_scans > MostScans)
            inspector.Break(Rules.TooComplex, _walker.MarkerOffset, $"more than {MostScans} scans");
        Require(_scan.Begin(Content, _frame, _tables));
        if (_scan.IsDirect)
        {
            foreach (var component in _scan.Components)
                _coded |= 1 << component;
        }

        _isInScan = true;
    }

    /// <summary>DNL: behind the first scan only, and binding (B.2.5).</summary>
    private void CountLines()
    {
        if (!_isInScan || _scans != 1 || _frame is null || _known != sizeof(ushort))
            throw inspector.Broken(_walker.MarkerOffset, "a number of lines that cannot stand here");
        var lines = BinaryPrimitives.ReadUInt16BigEndian(Content);
        Require(lines != 0 && (_frame.Height == 0 || _frame.Height == lines) ? null : "another number of lines than the frame's");
        _frame.Height = lines;
        JudgePixels();
        EndScan();
    }

    private void JudgePixels()
    {
        if (_frame!.Pixels > policy.MaxPixels)
            inspector.Break(Rules.TooManyPixels, _walker.MarkerOffset, $"{_frame.Width} × {_frame.Height} pixels");
    }

    private void EndScan()
    {
        if (_isInScan)
            Require(_scan.End(_frame!, _interval));
        _isInScan = false;
    }

    private void EndImage()
    {
        EndScan();
        Require(
            _frame is null ? "no frame"
            : _frame.Height == 0 ? "a frame without lines"
            : _coded != (1 << _frame.Components.Length) - 1 ? "a component without a scan"
            : null);
    }

    private void Require(string? fault)
    {
        if (fault is not null)
            throw inspector.Broken(_walker.MarkerOffset, $"{fault} ({_walker.Marker:X2})");
    }
}
