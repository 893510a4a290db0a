using System.Buffers.Binary;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Mp4;

/// <summary>
/// Whether the media that the tracks point to is there: each chunk begins in media data of this file. Media may stand in front of the tables or behind them, so the
/// tables are read again when both are known.
/// </summary>
internal sealed class ChunkOffsets(Inspector inspector)
{
    /// <summary>A track has one.</summary>
    private const int MostTables = 1024;

    /// <summary>A film that is not fragmented has one, or a few. What is further is taken together.</summary>
    private const int MostRanges = 64;

    private readonly List<Box> _tables = [];
    private readonly List<Range> _media = [];

    public void AddMedia(Box box)
    {
        if (_media.Count < MostRanges)
            _media.Add(new Range(box.Content, box.End));
        else
            _media[^1] = _media[^1] with { End = box.End };
    }

    /// <param name="box">A table of offsets, whose length was judged.</param>
    public void AddTable(Box box)
    {
        if (_tables.Count < MostTables)
            _tables.Add(box);
        else
            inspector.Break(Rules.TooComplex, box.Start, $"more than {MostTables} tables of chunk offsets");
    }

    /// <summary>Whether media begin here, in what came so far.</summary>
    public bool HoldMedia(long offset)
    {
        var last = 0;
        return offset >= 0 && IsMedia((ulong)offset, ref last);
    }

    public void Judge(FileBytes file)
    {
        foreach (var table in _tables)
            Judge(file, table, table.Kind!.Name == "co64" ? sizeof(ulong) : sizeof(uint));
    }

    private void Judge(FileBytes file, Box table, int entryLength)
    {
        const int VersionAndCount = 8;
        var last = 0;
        for (var at = table.Content + VersionAndCount; at < table.End;)
        {
            var entries = file.At(at, (int)Math.Min(table.End - at, FileBytes.Window));
            if (entries.Length < entryLength)
                throw inspector.Broken(at, "a table of chunk offsets that cannot be read");
            for (; entries.Length >= entryLength; entries = entries[entryLength..], at += entryLength)
            {
                var offset = entryLength == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(entries) : BinaryPrimitives.ReadUInt64BigEndian(entries);
                if (offset > (ulong)file.Length || !IsMedia(offset, ref last))
                    throw inspector.Broken(at, "a chunk that is not in the file's media data");
            }
        }
    }

    /// <param name="offset">Of a chunk; one without bytes may stand at the end.</param>
    /// <param name="last">Where the last one was: most are there again.</param>
    private bool IsMedia(ulong offset, ref int last)
    {
        if (last < _media.Count && _media[last].Holds(offset))
            return true;

        var (low, high) = (0, _media.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_media[middle].Holds(offset))
            {
                last = middle;
                return true;
            }

            (low, high) = offset < (ulong)_media[middle].Start ? (low, middle) : (middle + 1, high);
        }

        return false;
    }

    /// <summary>In the file's order.</summary>
    private readonly record struct Range(long Start, long End)
    {
        public bool Holds(ulong offset) => (ulong)Start <= offset && offset <= (ulong)End;
    }
}
