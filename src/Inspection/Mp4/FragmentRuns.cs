using System.Buffers.Binary;

namespace Uploader.Inspection.Mp4;

/// <summary>
/// Whether the samples of the fragments are there: each run of them begins in media data of this file (ISO/IEC 14496-12, 8.8.7 and 8.8.8). A fragment stands in front
/// of its media, so where its runs begin is kept until that comes.
/// </summary>
internal sealed class FragmentRuns(Inspector inspector)
{
    /// <summary>A fragment has one a track, or one for each second of it.</summary>
    private const int MostRuns = 8192;

    private const int HasBase = 0x1;
    private const int IsBasedOnFragment = 0x20000;
    private const int HasOffset = 0x1;

    private readonly PriorityQueue<long, long> _ahead = new();
    private Box _fragment;
    private bool _isFirstTrack;

    /// <summary>What runs are counted from; null: where the track before this one ended, which is not reckoned.</summary>
    private long? _base;

    /// <summary>Where a run begins that does not say; null: where the one before it ended.</summary>
    private long? _next;

    /// <summary>A box begins that stands in nothing.</summary>
    public void Pass(Box box)
    {
        if (box.Kind?.Name == "moof")
            (_fragment, _isFirstTrack) = (box, true);
        var isMedia = box.Type == BoxKind.Media;
        while (_ahead.TryPeek(out var start, out _))
        {
            var isIn = isMedia && start >= box.Content;
            // What may be in media data without end is judged with the file, whose length is known then.
            if (isIn ? start > box.End || box.End == Box.ToTheEnd : start >= box.End)
                return;
            if (!isIn)
                throw BrokenAt(start);
            _ahead.Dequeue();
        }
    }

    /// <param name="head">Of a fragment's track's header: version and flags, the track's number, and what the flags say.</param>
    public void BeginTrack(ReadOnlySpan<byte> head)
    {
        var flags = BinaryPrimitives.ReadInt32BigEndian(head);
        if ((flags & HasBase) != 0)
            _base = BinaryPrimitives.ReadInt64BigEndian(head[8..]);
        else
            _base = (flags & IsBasedOnFragment) != 0 || _isFirstTrack ? _fragment.Start : null;
        _next = _base;
        _isFirstTrack = false;
    }

    /// <param name="head">Of a run: version and flags, the number of samples, and what the flags say.</param>
    /// <param name="media">What came so far.</param>
    public void Add(ReadOnlySpan<byte> head, ChunkOffsets media)
    {
        var hasOffset = (BinaryPrimitives.ReadInt32BigEndian(head) & HasOffset) != 0;
        var start = hasOffset ? _base + BinaryPrimitives.ReadInt32BigEndian(head[8..]) : _next;
        _next = null;
        if (start is { } known && BinaryPrimitives.ReadUInt32BigEndian(head[4..]) > 0)
            Expect(known, media);
    }

    /// <summary>All of it is there.</summary>
    /// <param name="length">Of the file.</param>
    /// <param name="media">All there is.</param>
    public void Judge(long length, ChunkOffsets media)
    {
        while (_ahead.TryDequeue(out var start, out _))
        {
            if (start > length || !media.HoldMedia(start))
                throw BrokenAt(start);
        }
    }

    private void Expect(long start, ChunkOffsets media)
    {
        if (start < _fragment.Start)
        {
            if (!media.HoldMedia(start))
                throw BrokenAt(start);
        }
        else if (_ahead.Count < MostRuns)
        {
            _ahead.Enqueue(start, start);
        }
        else
        {
            inspector.Break(Rules.TooComplex, _fragment.Start, $"more than {MostRuns} runs of samples whose media are not there yet");
        }
    }

    private BrokenRuleException BrokenAt(long start) => inspector.Broken(_fragment.Start, $"a run of samples at {start}, which is not in the file's media data");
}
