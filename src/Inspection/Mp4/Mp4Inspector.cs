using System.Buffers.Binary;
using System.Collections.Immutable;
using Uploader.Inspection.Polyglots;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Mp4;

/// <summary>
/// Judges a film while it arrives, box by box (ISO/IEC 14496-12). Media data is passed over; all else is searched for script, programs, archives and PDFs.
/// </summary>
internal sealed class Mp4Inspector : Inspector
{
    /// <summary>A box's content is looked at so far at most, tables apart.</summary>
    private const int MostHead = 1024;

    /// <summary>A fragment has some eight, so this is a day of them.</summary>
    private const int MostBoxes = 1_000_000;

    private const int ShortHeader = 8;
    private const int LongHeader = 16;

    // Where boxes may begin in a sample description: behind what all have, sound of each of QuickTime's versions, a picture.
    private static readonly ImmutableArray<int> DescriptionStarts = [8, 28, 44, 64, 78];

    private readonly BoxStack _boxes;
    private readonly BoxRules _rules;
    private readonly ScriptScan _script = new();
    private readonly SignatureScan _programs = Programs.Scan();
    private readonly SignatureScan _archives = BuriedArchives.Scan();
    private readonly SignatureScan _pdf = BuriedPdf.Scan();
    private readonly InnerBoxes[] _inner = [.. DescriptionStarts.Select(_ => new InnerBoxes())];
    private int _innerCount;

    // A header, or the first bytes of a content, as far as it has come.
    private readonly byte[] _unit = new byte[MostHead];
    private int _known;
    private int _wanted = ShortHeader;

    private Part _part = Part.Header;
    private Box _box;
    private long _at;
    private int _count;

    public Mp4Inspector(FileType type, InspectionPolicy policy)
        : base(type, policy)
    {
        _boxes = new BoxStack(this);
        _rules = new BoxRules(this, _boxes);
    }

    private enum Part
    {
        Header,

        /// <summary>Of a box that holds boxes: what stands in front of them.</summary>
        Preamble,

        /// <summary>Of another box: what it is judged by.</summary>
        Head,

        Rest,
        Media,
    }

    protected override Rule Structure => Rules.Mp4Structure;

    private ReadOnlySpan<byte> Unit => _unit.AsSpan(0, _known);

    protected override void See(ReadOnlySpan<byte> piece)
    {
        // Script is looked for in all that is between media at once: boxes may be tiny.
        var text = piece;
        while (!piece.IsEmpty)
        {
            var isMedia = _part == Part.Media;
            if (isMedia)
            {
                SearchScript(text[..^piece.Length]);
                _script.Reset();
            }

            var taken = isMedia || _part == Part.Rest ? Pass(piece) : Gather(piece);
            piece = piece[taken..];
            if (isMedia)
                text = piece;
        }

        SearchScript(text);
    }

    protected override void Judge(FileBytes file)
    {
        if (_part == Part.Media && _box.End == Box.ToTheEnd)
            Next();
        if (_part != Part.Header || !_boxes.IsAtTop)
            throw Broken(_at, "the end of the file within a box");
        if (_known > 0)
            throw BrokenBehind("the end of the file within a box's header");
        _boxes.Close();
        _rules.Judge(file);
    }

    private int Gather(ReadOnlySpan<byte> piece)
    {
        var taken = Math.Min(piece.Length, _wanted - _known);
        piece[..taken].CopyTo(_unit.AsSpan(_known));
        _known += taken;
        Search(piece[..taken]);
        if (_known == _wanted)
            Judge();
        return taken;
    }

    private int Pass(ReadOnlySpan<byte> piece)
    {
        var taken = (int)Math.Min(piece.Length, _box.End - _at);
        if (_part == Part.Rest)
            Search(piece[..taken]);
        else
            _at += taken;
        if (_at == _box.End)
            Next();
        return taken;
    }

    private void Search(ReadOnlySpan<byte> bytes)
    {
        var at = _at;
        _at += bytes.Length;
        if (_part is not (Part.Head or Part.Rest))
            return;
        if (_programs.Feed(bytes) is var (_, what))
            Break(Rules.Polyglot, at, what);
        if (_archives.Feed(bytes) is var (_, archive))
            Break(Rules.Polyglot, at, archive);
        if (_pdf.Feed(bytes) is var (_, pdf))
            Break(Rules.Polyglot, at, pdf);
        foreach (var inner in _inner.AsSpan(0, _innerCount))
        {
            if (inner.Feed(bytes) is { } kind)
                Break(Structure, at, $"a {kind.Name} within a box that may be anything");
        }
    }

    private void SearchScript(ReadOnlySpan<byte> bytes)
    {
        if (_script.Feed(bytes) is { } tell)
            Break(Rules.ScriptInMetadata, _at, tell);
    }

    private void Judge()
    {
        switch (_part)
        {
            case Part.Header:
                Begin();
                break;
            case Part.Preamble:
                if (_box.Kind!.CountsBoxes)
                    _boxes.Count(BinaryPrimitives.ReadUInt32BigEndian(Unit[^4..]));
                Next();
                break;
            case Part.Head:
                _rules.Judge(_box, Unit);
                _part = Part.Rest;
                if (_at == _box.End)
                    Next();
                break;
        }
    }

    private void Begin()
    {
        var size = (ulong)BinaryPrimitives.ReadUInt32BigEndian(Unit);
        var type = BinaryPrimitives.ReadUInt32BigEndian(Unit[4..]);
        if (size == 1 && _known == ShortHeader)
        {
            _wanted = LongHeader;
            return;
        }

        var start = _at - _known;
        if (!FourCC.IsName(type))
            throw BrokenBehind("a box without a name");
        if (size == 1)
            size = BinaryPrimitives.ReadUInt64BigEndian(Unit[8..]);
        var isToTheEnd = size == 0 && type == BoxKind.Media && _boxes.IsAtTop;
        if (!isToTheEnd && (size < (ulong)_known || size > (ulong)(long.MaxValue / 2)))
            throw Broken(start, $"a box of {size} bytes");
        if (++_count > MostBoxes)
        {
            Break(Rules.TooComplex, start, $"more than {MostBoxes} boxes");
            _count = 0;
        }

        _box = _boxes.Place(type, start, _at, isToTheEnd ? Box.ToTheEnd : start + (long)size);
        _rules.Place(_box);
        if (_box.Kind?.Preamble is { } preamble)
        {
            if (_box.Length < preamble)
                throw Broken(start, $"a {_box.Kind.Name} of {_box.Length} bytes");
            _boxes.Open(_box);
            Expect(Part.Preamble, preamble);
        }
        else if (type == BoxKind.Media)
        {
            _part = Part.Media;
            if (_at == _box.End)
                Next();
        }
        else
        {
            _programs.Reset();
            _archives.Reset();
            _pdf.Reset();
            BeginInner();
            Expect(Part.Head, (int)Math.Min(_box.Length, MostHead));
        }
    }

    private void BeginInner()
    {
        ReadOnlySpan<int> starts = _boxes.Innermost.Kind!.Name == "stsd" ? DescriptionStarts.AsSpan() : InnerBoxes.MayBeIn(_box.Type) ? [0] : [];
        for (_innerCount = 0; _innerCount < starts.Length; _innerCount++)
            _inner[_innerCount].Begin(_box, starts[_innerCount]);
    }

    private void Expect(Part part, int bytes)
    {
        _part = part;
        _known = 0;
        _wanted = bytes;
        if (bytes == 0)
            Judge();
    }

    // After a box or a preamble: whatever ends here ends, and another box begins.
    private void Next()
    {
        while (!_boxes.IsAtTop && _at == _boxes.Innermost.End)
        {
            _rules.Close(_boxes.Innermost);
            _boxes.Close();
        }

        if (!_boxes.IsAtTop && _boxes.Innermost.End - _at < ShortHeader)
            throw Broken(_at, $"{_boxes.Innermost.End - _at} bytes that are no box in a {_boxes.Innermost.Kind!.Name}");
        Expect(Part.Header, ShortHeader);
    }

    private BrokenRuleException BrokenBehind(string what)
    {
        if (_boxes.IsAtTop && _boxes.Has("moov"))
            Break(Rules.TrailingData, _at - _known, "no box behind the last");
        return Broken(_at - _known, what);
    }
}
