namespace Uploader.Inspection.Jpeg;

/// <summary>One scan: what its SOS segment says, and its restarts. ITU-T T.81, B.2.3.</summary>
internal sealed class JpegScan
{
    private const int MostComponents = 4;
    private const int MostBlocksOfUnit = 10;
    private const int LastCoefficient = 63;
    private const int MostShift = 13;
    private const int Restarts = 8;

    private readonly int[] _components = new int[MostComponents];
    private int _count;
    private int _restarts;

    /// <summary>Which of the frame's.</summary>
    public ReadOnlySpan<int> Components => _components.AsSpan(0, _count);

    /// <summary>It has the first coefficients, or improves them.</summary>
    public bool IsDirect { get; private set; }

    /// <returns>What is wrong with it; null: nothing.</returns>
    public string? Begin(ReadOnlySpan<byte> content, JpegFrame frame, in JpegTables tables)
    {
        _restarts = 0;
        if (content.IsEmpty || content[0] is 0 or > MostComponents || content.Length != 4 + 2 * content[0])
            return "a scan of a wrong length";
        _count = content[0];
        var last = content[(1 + 2 * _count)..];
        var (first, end, high, low) = (last[0], last[1], last[2] >> 4, last[2] & 0x0F);
        IsDirect = !frame.IsProgressive || first == 0;
        return Find(content.Slice(1, 2 * _count), frame)
            ?? (frame.IsProgressive ? Progression(first, end, high, low) : null)
            ?? Tables(content.Slice(1, 2 * _count), frame, tables, refines: frame.IsProgressive && high > 0);
    }

    /// <summary>RST.</summary>
    public string? Restart(byte marker, int interval) =>
        interval == 0 ? "a restart where there is no interval"
        : marker - Markers.FirstRestart != _restarts++ % Restarts ? "a restart out of order"
        : null;

    /// <summary>The next marker that is no RST. Some encoders write one more behind the last unit.</summary>
    public string? End(JpegFrame frame, int interval)
    {
        if (interval == 0 || frame.Height == 0)
            return null;
        var due = (frame.UnitsOf(Components) - 1) / interval;
        return _restarts == due || _restarts == due + 1 ? null : $"{_restarts} restarts of {due}";
    }

    private string? Find(ReadOnlySpan<byte> selectors, JpegFrame frame)
    {
        var (found, blocks) = (0, 0);
        for (var i = 0; i < _count; i++)
        {
            // Some encoders give each component the same name: one after the other, then.
            var at = 0;
            while (at < frame.Components.Length && (frame.Components[at].Id != selectors[2 * i] || (found >> at & 1) != 0))
                at++;
            if (at == frame.Components.Length)
                return "a scan of a component that is not there";
            found |= 1 << at;
            _components[i] = at;
            blocks += frame.Components[at].Horizontal * frame.Components[at].Vertical;
        }

        return _count > 1 && blocks > MostBlocksOfUnit ? $"{blocks} blocks a unit" : null;
    }

    private string? Progression(int first, int end, int high, int low) =>
        (first == 0 ? end == 0 : end >= first && end <= LastCoefficient && _count == 1) && (high == 0 || low == high - 1) && low <= MostShift
            ? null
            : "a progression that is none";

    private string? Tables(ReadOnlySpan<byte> selectors, JpegFrame frame, in JpegTables tables, bool refines)
    {
        for (var i = 0; i < _count; i++)
        {
            if (!tables.HasQuantization(frame.Components[_components[i]].Quantization))
                return "a scan without its quantization table";
            var (direct, alternating) = (selectors[2 * i + 1] >> 4, selectors[2 * i + 1] & 0x0F);
            if (direct >= JpegTables.Places || alternating >= JpegTables.Places)
                return "a scan of a table that cannot be";
            if (frame.IsArithmetic || (tables.AreImplied && !frame.IsProgressive))
                continue;
            if (IsDirect && !refines && !tables.HasDirect(direct))
                return "a scan without its Huffman table";
            if ((!frame.IsProgressive || !IsDirect) && !tables.HasAlternating(alternating))
                return "a scan without its Huffman table";
        }

        return null;
    }
}
