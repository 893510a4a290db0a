namespace Uploader.Shared.Scanning;

/// <summary>What the virus scanner says of a file.</summary>
internal abstract record ScanVerdict
{
    internal const string NoAnswer = "it closed the connection without an answer";

    private ScanVerdict()
    {
    }

    public sealed record Clean : ScanVerdict;

    /// <param name="Signature">The scanner's name of what it found.</param>
    public sealed record Infected(string Signature) : ScanVerdict;

    /// <summary>It says nothing: not there, too slow, or not willing to look at all of the file.</summary>
    public sealed record Unavailable(string Reason) : ScanVerdict;

    /// <summary>
    /// clamd's answer to INSTREAM (clamd(8)): <c>stream: OK</c>, <c>stream: NAME FOUND</c>, or an error. A file that is beyond the scanner's limits
    /// was not looked at to its end: with <c>AlertExceedsMax</c> clamd says so in the form of a find.
    /// </summary>
    public static ScanVerdict Of(string reply)
    {
        const string Start = "stream: ";
        const string Found = " FOUND";
        const string BeyondLimits = "Heuristics.Limits.Exceeded";

        var text = reply.Trim('\0', '\n', ' ');
        if (text == Start + "OK")
            return new Clean();
        if (!text.StartsWith(Start, StringComparison.Ordinal) || !text.EndsWith(Found, StringComparison.Ordinal) || text.Length <= Start.Length + Found.Length)
            return new Unavailable(text.Length == 0 ? NoAnswer : text);
        var signature = text[Start.Length..^Found.Length];
        return signature.StartsWith(BeyondLimits, StringComparison.Ordinal) ? new Unavailable(signature) : new Infected(signature);
    }
}
