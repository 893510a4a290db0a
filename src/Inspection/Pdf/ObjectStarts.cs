namespace Uploader.Inspection.Pdf;

/// <summary>Where objects begin: two bytes each, so that a large file's fit into a little memory. They are added in ascending order.</summary>
internal sealed class ObjectStarts
{
    private const int Block = 1 << 16;
    private const int Chunk = 1 << 11;
    private const int MaxChunks = 128;

    /// <summary>The index of the first that begins in each 64 KiB of the file.</summary>
    private readonly List<int> _blocks = [];
    private readonly List<ushort[]> _chunks = [];

    public int Count { get; private set; }

    /// <returns>There is room for it.</returns>
    public bool TryAdd(long offset)
    {
        if (Count == _chunks.Count * Chunk)
        {
            if (_chunks.Count == MaxChunks)
                return false;
            _chunks.Add(GC.AllocateUninitializedArray<ushort>(Chunk));
        }

        while (_blocks.Count <= offset / Block)
            _blocks.Add(Count);
        _chunks[Count / Chunk][Count % Chunk] = (ushort)(offset % Block);
        Count++;
        return true;
    }

    /// <returns>The first object that begins there, or at most so many bytes behind it; null: none does.</returns>
    public long? Find(long offset, int slack = 0)
    {
        for (var block = offset / Block; block <= (offset + slack) / Block && block < _blocks.Count; block++)
        {
            var (low, end) = (_blocks[(int)block], block + 1 < _blocks.Count ? _blocks[(int)block + 1] : Count);
            var high = end;
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                if (At(block, middle) < offset)
                    low = middle + 1;
                else
                    high = middle;
            }

            if (low < end)
                return At(block, low) <= offset + slack ? At(block, low) : null;
        }

        return null;
    }

    private long At(long block, int index) => (block * Block) + _chunks[index / Chunk][index % Chunk];
}
