namespace Uploader.Inspection.Pdf;

/// <summary>
/// The lengths of streams that stand in an object of their own, which mostly comes right behind the stream: the program did not know yet. Such a stream is read up to
/// where it ends, and its length compared when it comes.
/// </summary>
internal sealed class StreamLengths
{
    private const int MaxOpen = 2048;

    private readonly Dictionary<long, (long Min, long Max)> _open = [];
    private readonly Dictionary<long, long> _known = [];

    public long? Find(long number) => _known.TryGetValue(number, out var value) ? value : null;

    /// <summary>An object is a number.</summary>
    public void See(long number, long value)
    {
        if (_open.TryGetValue(number, out var range) && value >= range.Min && value <= range.Max)
            _open.Remove(number);
        if (_known.Count < MaxOpen || _known.ContainsKey(number))
            _known[number] = value;
    }

    /// <summary>A stream is so long, or less by the white space at its end.</summary>
    /// <returns>There is room for it.</returns>
    public bool TryExpect(long number, long min, long max)
    {
        if (_open.TryGetValue(number, out var other))
            (min, max) = (Math.Max(min, other.Min), Math.Min(max, other.Max));
        if (_open.Count == MaxOpen)
            return false;
        _open[number] = (min, max);
        return true;
    }

    /// <summary>All that was expected came.</summary>
    public bool AreAllKnown => _open.Count == 0;
}
