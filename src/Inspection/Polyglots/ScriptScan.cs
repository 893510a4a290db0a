namespace Uploader.Inspection.Polyglots;

/// <summary>
/// Looks for script in what a format lets anybody write (comments, metadata, free space), in pieces of whatever size. A tripwire for the forms in which script
/// is really hidden in files, not a proof that there is none. Allocates once.
/// </summary>
internal sealed class ScriptScan
{
    // The last piece's end, where it begins with what may yet become a tell, and room for all that may be needed to tell it: so that no byte is waited for alone.
    private readonly byte[] _open = new byte[2 * ScriptTells.Reach];
    private int _opened;

    /// <returns>What it looks like; null: like nothing so far.</returns>
    public string? Feed(ReadOnlySpan<byte> piece)
    {
        while (_opened > 0 && !piece.IsEmpty)
        {
            var known = _opened;
            var more = piece[..Math.Min(piece.Length, _open.Length - known)];
            more.CopyTo(_open.AsSpan(known));
            var joined = _open.AsSpan(0, known + more.Length);
            if (Scan(joined, out var open) is { } tell)
                return tell;

            // What is still open and began in this piece is better looked at in the piece.
            var consumed = open < known ? more.Length : Math.Min(open - known, more.Length);
            piece = piece[consumed..];
            _opened = open < known ? joined.Length - open : 0;
            joined[open..].CopyTo(_open);
        }

        if (piece.IsEmpty)
            return null;
        var found = Scan(piece, out var left);
        _opened = piece.Length - left;
        piece[left..].CopyTo(_open);
        return found;
    }

    /// <summary>Another text begins.</summary>
    public void Reset() => _opened = 0;

    /// <param name="text">From wherever.</param>
    /// <param name="open">Where what may yet become a tell begins; the length of the text where nothing may.</param>
    private static string? Scan(ReadOnlySpan<byte> text, out int open)
    {
        open = text.Length;
        for (var at = 0; ScriptStarts.IndexIn(text[at..]) is >= 0 and var next; at++)
        {
            at += next;
            if (Judge(text, at, ref open) is { } tell)
                return tell;
        }

        return null;
    }

    private static string? Judge(ReadOnlySpan<byte> text, int at, ref int open)
    {
        var candidate = text[at..Math.Min(text.Length, at + ScriptTells.Reach)];
        var likeness = ScriptTells.Judge(candidate, out var tell);
        // What follows may tell sooner.
        if (likeness == Likeness.Open && candidate.Length < ScriptTells.Reach)
            open = Math.Min(open, at);
        return likeness == Likeness.Tell ? tell : null;
    }
}
