namespace Uploader.Inspection.Zip;

/// <summary>How much all entries of a file unpack to, counted as they do.</summary>
internal sealed class Expansion(long max)
{
    private long _total;

    public void Count(int unpacked, long offset)
    {
        _total += unpacked;
        if (_total > max)
            throw new BrokenRuleException(new Breach(Rules.Bomb, offset, $"more than {max} bytes when unpacked"));
    }
}
