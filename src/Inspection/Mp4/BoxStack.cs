namespace Uploader.Inspection.Mp4;

/// <summary>The boxes that are open, from the file itself down: what may stand where, how often, and how far.</summary>
internal sealed class BoxStack
{
    /// <summary>The file, moov, trak, mdia, minf, stbl, stsd.</summary>
    private const int MaxDepth = 7;

    private static readonly uint Free = FourCC.Of("free");
    private static readonly uint Skip = FourCC.Of("skip");

    private readonly Inspector _inspector;
    private readonly Level[] _levels = new Level[MaxDepth];
    private int _depth = 1;

    public BoxStack(Inspector inspector)
    {
        _inspector = inspector;
        _levels[0].Box = new Box(0, BoxKind.File, 0, 0, Box.ToTheEnd);
    }

    public Box Innermost => Top.Box;

    public bool IsAtTop => _depth == 1;

    private ref Level Top => ref _levels[_depth - 1];

    /// <summary>Whether the innermost box holds a box of a kind.</summary>
    public bool Has(string name) => BoxKind.Of(FourCC.Of(name)) is { } kind && (Top.Seen & kind.Bit) != 0;

    /// <summary>A box begins in the innermost one.</summary>
    /// <param name="type">Its four letters.</param>
    /// <param name="start">Where its header begins.</param>
    /// <param name="content">Where its content begins.</param>
    /// <param name="end">Where it says that it ends.</param>
    public Box Place(uint type, long start, long content, long end)
    {
        ref var parent = ref Top;
        if (end > parent.Box.End || (end == Box.ToTheEnd && !IsAtTop))
            throw _inspector.Broken(start, $"a box of {end - start} bytes in a {parent.Box.Kind!.Name} that ends {parent.Box.End - start} bytes on");

        var kind = BoxKind.Of(type);
        if (kind is not null)
        {
            // Some readers go into a box wherever it stands, and others do not: what they play would differ.
            if (kind.Parent != parent.Box.Kind!.Name)
                throw _inspector.Broken(start, $"a {kind.Name} in a {parent.Box.Kind.Name}");
            if (kind.IsOnce && (parent.Seen & kind.Bit) != 0)
                throw _inspector.Broken(start, $"a second {kind.Name}");
            parent.Seen |= kind.Bit;
        }

        // Padding, also where boxes are counted.
        if (type != Free && type != Skip)
            parent.Children++;
        return new Box(type, kind, start, content, end);
    }

    /// <summary>What follows stands in a box, until <see cref="Close"/>.</summary>
    public void Open(Box box) => _levels[_depth++] = new Level { Box = box };

    /// <summary>The innermost box says how many boxes it holds.</summary>
    public void Count(uint children) => Top.Counted = children;

    /// <summary>The innermost box ends.</summary>
    public void Close()
    {
        ref var level = ref Top;
        var box = level.Box;
        foreach (var needed in BoxKind.NeededIn(box.Kind!))
        {
            if ((level.Seen & needed.Bit) == 0)
                throw _inspector.Broken(box.Start, $"a {(IsAtTop ? "film" : box.Kind!.Name)} without {needed.Name}");
        }

        if (level.Counted is { } counted && counted != level.Children)
            throw _inspector.Broken(box.Start, $"a {box.Kind!.Name} of {counted} that holds {level.Children}");
        if (!IsAtTop)
            _depth--;
    }

    private struct Level
    {
        public Box Box;
        public ulong Seen;
        public uint Children;
        public uint? Counted;
    }
}
