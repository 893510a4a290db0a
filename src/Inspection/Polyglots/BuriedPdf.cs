using Uploader.Inspection.Pdf;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// Objects of a PDF in what is none. Readers that mend a file need no header, and no cross-reference: they look for <c>5 0 obj</c> (poppler, qpdf, MuPDF). Looked for where a
/// format leaves room for anything.
/// </summary>
internal static class BuriedPdf
{
    /// <summary>Of two numbers, white space and the word; nobody writes more.</summary>
    private const int Longest = 128;

    private static ReadOnlySpan<byte> Space => "\0\t\n\f\r "u8;

    private static ReadOnlySpan<byte> Digits => "0123456789"u8;

    public static SignatureScan Scan() => new(Find, Longest);

    // 2^28 MiB (48 bits) in random bytes.
    private static int Find(ReadOnlySpan<byte> bytes, out string what)
    {
        what = "a PDF's object";
        for (var at = 0; bytes[at..].IndexOf("obj"u8) is >= 0 and var next; at++)
        {
            at += next;
            if (bytes[(at + "obj".Length)..] is [var behind, ..] && !Characters.IsRegular(behind) && EndsWithNumbers(bytes[Math.Max(0, at - Longest)..at]))
                return at;
        }

        return -1;
    }

    private static bool EndsWithNumbers(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(Space);
        var first = text.TrimEnd(Digits);
        return first.Length < text.Length && first.TrimEnd(Space) is [.., var digit] && Characters.IsDigit(digit) && Characters.IsWhiteSpace(first[^1]);
    }
}
