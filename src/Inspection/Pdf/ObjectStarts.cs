namespace Uploader.Inspection.Pdf;

/// <summary>Where objects begin: two bytes each, so that a large file's fit into a little memory. They are added in ascending order.</summary>
internal sealed class ObjectStarts
{
    private const int Block = 1 << 16;
    private const int Chunk = 1 << 11;
    private const int MaxChunks = 160;

    /// <summary>The index of the first that begins in each 64 KiB of the file.</summary>
    private readonly List<int> _blocks = [];
    private readonly List<ushort[]> _chunks = [];
    private int _count;

    /// <returns>There is room for it.</returns>
    public bool TryAdd(long offset)
    {
        if (_count == _chunks.Count * Chunk)
        {
            if (_chunks.Count == MaxChunks)
                return false;
            _chunks.Add(GC.AllocateUninitializedArray<ushort>(Chunk));
        }

        while (_blocks.Count <= offset / Block)
            _blocks.Add(_count);
        _chunks[_count / Chunk][_count % Chunk] = (ushort)(offset % Block);
        _count++;
        return true;
    }

    /// <returns>The first object that begins there, or at most so many bytes behind it; null: none does.</returns>
    public long? Find(long offset, int slack = 0)
    {
        for (var block = offset / Block; block <= (offset + slack) / Block && block < _blocks.Count; block++)
        {
            var (low, end) = (_blocks[(int)block], block + 1 < _blocks.Count ? _blocks[(int)block + 1] : _count);
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
