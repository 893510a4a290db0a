using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Mp4;

/// <summary>What a film must be beyond a tree of boxes.</summary>
internal sealed class BoxRules(Inspector inspector, BoxStack boxes)
{
    private readonly ChunkOffsets _chunks = new(inspector);
    private readonly FragmentRuns _runs = new(inspector);
    private long? _incomplete;
    private bool _isFragmented;

    /// <summary>A box begins.</summary>
    public void Place(Box box)
    {
        if (boxes.IsAtTop)
            _runs.Pass(box);
        switch (box.Kind?.Name)
        {
            case "mdat":
                _chunks.AddMedia(box);
                break;
            case "mvex":
                _isFragmented = true;
                break;
            case "moof" when !_isFragmented:
                throw inspector.Broken(box.Start, "a moof without a moov in front of it that says so");
            case "rmra":
                inspector.Break(Rules.Mp4Remote, box.Start, "a reference movie");
                break;
        }
    }

    /// <summary>A box's first bytes are there.</summary>
    public void Judge(Box box, ReadOnlySpan<byte> head)
    {
        if (box.Kind is null && boxes.Innermost.Kind!.Name == "dref")
            JudgeReference(box, head);
        if (box.Kind?.Layout is { } layout && layout(head) is var length && length != box.Length)
            throw inspector.Broken(box.Start, $"a {box.Kind.Name} of {box.Length} bytes that must have {length}");

        switch (box.Kind?.Name)
        {
            case "ftyp":
                if (box.Length != head.Length || box.Length < 8 || box.Length % 4 != 0)
                    throw inspector.Broken(box.Start, $"an ftyp of {box.Length} bytes");
                if (!Brands.AreFilms(head))
                    inspector.Break(Rules.Mp4Brand, box.Start, "brands that are not MP4's");
                break;
            case "stco" or "co64":
                _chunks.AddTable(box);
                break;
            case "tfhd":
                _runs.BeginTrack(head);
                break;
            case "trun" when !boxes.Has("tfhd"):
                throw inspector.Broken(box.Start, "a run of samples in front of its track's header");
            case "trun":
                _runs.Add(head, _chunks);
                break;
        }
    }

    /// <summary>A box that holds boxes ends; it is the innermost one still.</summary>
    public void Close(Box box)
    {
        switch (box.Kind!.Name)
        {
            // Those of a fragmented film stand in its fragments; whether it is one may be said later.
            case "stbl" when !(boxes.Has("stts") && boxes.Has("stsc") && (boxes.Has("stsz") || boxes.Has("stz2")) && (boxes.Has("stco") || boxes.Has("co64"))):
                _incomplete ??= box.Start;
                break;
            case "moov" when !_isFragmented && _incomplete is { } start:
                throw inspector.Broken(start, "a sample table without its tables");
        }
    }

    /// <summary>All of it is there.</summary>
    public void Judge(FileBytes file)
    {
        _chunks.Judge(file);
        _runs.Judge(file.Length, _chunks);
    }

    // Media of this file needs no location (8.7.2), and no honest film has its media elsewhere. Old writers forget the flag that says so.
    private void JudgeReference(Box box, ReadOnlySpan<byte> head)
    {
        const int VersionAndFlags = 4;
        if (head.Length < VersionAndFlags)
            throw inspector.Broken(box.Start, $"a data reference of {head.Length} bytes");
        if (head.Length < box.Length || head[VersionAndFlags..].ContainsAnyExcept((byte)0))
            inspector.Break(Rules.Mp4Remote, box.Start, "a data reference with a location");
    }
}
