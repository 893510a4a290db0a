using System.Buffers.Binary;
using System.Collections.Frozen;

namespace Uploader.Inspection.Mp4;

/// <summary>
/// Follows boxes through one that is not judged, as far as they are any, and finds those that a film is played by: ffmpeg goes into what describes a film, and plays
/// a movie that it meets there (mov.c, <c>mov_read_default</c>). What is no box is left alone, as writers differ. In pieces of whatever size.
/// </summary>
internal sealed class InnerBoxes
{
    /// <summary>As ffmpeg.</summary>
    private const int MaxDepth = 10;

    private const int ShortHeader = 8;
    private const int LongHeader = 16;

    /// <summary>A <c>dref</c> up to where the size of its first entry stands.</summary>
    private const int ReferenceHeader = 20;
    private const ulong EmptyReferences = 28;

    /// <summary>What ffmpeg goes into besides judged boxes and sample descriptions, and <c>dinf</c>, which a <c>meta</c> may have too (8.11.1).</summary>
    private static readonly FrozenSet<uint> Containers =
        new[] { "udta", "meta", "ilst", "tref", "sinf", "schi", "wave", "iprp", "ipco", "dinf" }.Select(FourCC.Of).ToFrozenSet();

    private static readonly uint Meta = FourCC.Of("meta");
    private static readonly uint Handler = FourCC.Of("hdlr");
    private static readonly uint References = FourCC.Of("dref");

    private readonly Level[] _levels = new Level[MaxDepth];
    private readonly byte[] _header = new byte[ReferenceHeader];
    private int _depth;
    private int _known;
    private int _wanted;
    private long _at;
    private long _next;

    public static bool MayBeIn(uint type) => Containers.Contains(type);

    /// <summary>A box's content comes next.</summary>
    /// <param name="box">Which.</param>
    /// <param name="start">How far into its content boxes begin.</param>
    public void Begin(Box box, int start = 0)
    {
        _depth = 0;
        _at = box.Content;
        Open(box.Type, box.End);
        _next = Math.Min(box.Content + start, box.End);
    }

    /// <returns>A kind that has no place here; null: none so far.</returns>
    public BoxKind? Feed(ReadOnlySpan<byte> content)
    {
        for (Close(); _depth > 0 && !content.IsEmpty; Close())
        {
            var isPassed = _at < _next;
            var until = isPassed ? _next : Math.Min(_at + _wanted - _known, _levels[_depth - 1].End);
            var taken = content[..(int)Math.Min(content.Length, until - _at)];
            content = content[taken.Length..];
            _at += taken.Length;
            if (isPassed)
                continue;
            taken.CopyTo(_header.AsSpan(_known));
            _known += taken.Length;
            if (_known == _wanted && Judge() is { } kind)
                return kind;
        }

        return null;
    }

    private BoxKind? Judge()
    {
        ref var level = ref _levels[_depth - 1];
        var size = (ulong)BinaryPrimitives.ReadUInt32BigEndian(_header);
        var type = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(sizeof(uint)));
        if (level.IsSought && type != Handler)
        {
            _header.AsSpan(sizeof(uint), sizeof(uint)).CopyTo(_header);
            _known = sizeof(uint);
            return null;
        }

        level.IsSought = false;
        if (size == 1 && _known == ShortHeader)
        {
            _wanted = LongHeader;
            return null;
        }

        if (type == References && _known == ShortHeader && MayNameNoPlace(size) && level.End - _at >= ReferenceHeader - ShortHeader)
        {
            _wanted = ReferenceHeader;
            return null;
        }

        if (size == 1)
            size = BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(ShortHeader));
        // ffmpeg cuts one that is longer than what it stands in.
        var start = _at - _known;
        var isBox = size == 0 || size >= (ulong)_known;
        var end = isBox && size != 0 && size < (ulong)(level.End - start) ? start + (long)size : level.End;
        if (isBox && BoxKind.Of(type) is { Name: not "dinf" } kind && !(type == References && NamesNoPlace(size)))
            return kind;

        _known = 0;
        _wanted = ShortHeader;
        _next = end;
        if (isBox && Containers.Contains(type) && _depth < MaxDepth)
            Open(type, end);
        return null;
    }

    /// <summary>It has one entry, which has room for no location but an empty one. What another says, ffmpeg takes for a track's.</summary>
    private static bool MayNameNoPlace(ulong size) => size is EmptyReferences or EmptyReferences + 1;

    private bool NamesNoPlace(ulong size) =>
        _known == ReferenceHeader && BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(ReferenceHeader - sizeof(uint))) == size - (ReferenceHeader - sizeof(uint));

    private void Open(uint type, long end)
    {
        // A version stands in front of the boxes, or does not: the first one is known.
        _levels[_depth++] = new Level { End = end, IsSought = type == Meta };
        _known = 0;
        _wanted = ShortHeader;
        _next = _at;
    }

    private void Close()
    {
        while (_depth > 0 && _at == _levels[_depth - 1].End)
        {
            _depth--;
            _known = 0;
            _wanted = ShortHeader;
        }
    }

    private struct Level
    {
        public long End;
        public bool IsSought;
    }
}
