namespace Uploader.Inspection;

/// <summary>Compares the beginning of a file with a signature while it arrives, in pieces of whatever size.</summary>
internal sealed class SignatureCheck(Signature signature)
{
    private readonly byte[] _start = new byte[signature.Length];
    private int _known;

    /// <summary>Undecided until enough has arrived; once decided it stays so, whatever follows.</summary>
    public SignatureVerdict Verdict { get; private set; }

    public SignatureVerdict Feed(ReadOnlySpan<byte> piece)
    {
        if (Verdict != SignatureVerdict.Undecided)
            return Verdict;

        var wanted = piece[..Math.Min(piece.Length, _start.Length - _known)];
        wanted.CopyTo(_start.AsSpan(_known));
        _known += wanted.Length;
        return Verdict = signature.Judge(_start.AsSpan(0, _known));
    }

    /// <summary>The file ends here: one that is too short to show its signature does not have it.</summary>
    public SignatureVerdict End() =>
        Verdict = Verdict == SignatureVerdict.Undecided ? SignatureVerdict.Mismatch : Verdict;
}
