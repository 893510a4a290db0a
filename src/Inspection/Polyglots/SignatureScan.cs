namespace Uploader.Inspection.Polyglots;

/// <summary>Looks for signatures in bytes that arrive in pieces of whatever size. Allocates once.</summary>
/// <param name="find">Finds one.</param>
/// <param name="longest">The most bytes that it needs to see of one.</param>
/// <param name="within">Looks no further than some piece behind so many bytes.</param>
internal sealed class SignatureScan(SignatureScan.Finder find, int longest, long within = long.MaxValue)
{
    /// <returns>Where the first one begins; negative: nowhere.</returns>
    internal delegate int Finder(ReadOnlySpan<byte> bytes, out string what);

    // The end of what was fed, in which one may have begun, and the beginning of the next piece.
    private readonly byte[] _joint = new byte[2 * longest];
    private int _kept;
    private long _seen;

    /// <returns>What begins, and how many bytes behind where the scan began; null: nothing so far.</returns>
    public (long Offset, string What)? Feed(ReadOnlySpan<byte> piece)
    {
        if (_seen >= within)
            return null;

        var more = piece[..Math.Min(piece.Length, longest - 1)];
        more.CopyTo(_joint.AsSpan(_kept));
        var joint = _joint.AsSpan(0, _kept + more.Length);
        var start = _seen - _kept;
        _seen += piece.Length;
        if (find(joint, out var what) is >= 0 and var across)
            return (start + across, what);
        // A short piece is all in the joint.
        if (piece.Length > more.Length && find(piece, out what) is >= 0 and var inside)
            return (_seen - piece.Length + inside, what);

        var end = piece.Length > more.Length ? piece : joint;
        _kept = Math.Min(end.Length, longest - 1);
        end[^_kept..].CopyTo(_joint);
        return null;
    }

    /// <summary>Other bytes begin.</summary>
    public void Reset()
    {
        _kept = 0;
        _seen = 0;
    }
}
