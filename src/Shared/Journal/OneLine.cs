using System.Buffers;
using System.Globalization;
using System.Text;

namespace Uploader.Shared.Journal;

/// <summary>Makes any text one line that shows what it holds: what would break, colour or turn round a line is written as an escape.</summary>
internal static class OneLine
{
    // C0, DEL and C1: a newline forges a line, an escape sequence drives the operator's terminal.
    // U+2028 and U+2029 are line ends to many viewers; bidi controls make `\u202egnp.exe` read as `exe.png`.
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
    [
        .. Enumerable.Range(0x00, 0x20).Select(c => (char)c),
        .. Enumerable.Range(0x7f, 0x21).Select(c => (char)c),
        '\u061c', '\u200e', '\u200f', '\u2028', '\u2029',
        '\u202a', '\u202b', '\u202c', '\u202d', '\u202e',
        '\u2066', '\u2067', '\u2068', '\u2069', '\ufeff',
    ]);

    public static string Escape(string text)
    {
        var first = text.AsSpan().IndexOfAny(Unsafe);
        if (first < 0)
        {
            return text;
        }

        var line = new StringBuilder(text, 0, first, text.Length + 32);
        foreach (var c in text.AsSpan(first))
        {
            if (Unsafe.Contains(c))
            {
                AppendEscape(line, c);
            }
            else
            {
                line.Append(c);
            }
        }

        return line.ToString();
    }

    private static void AppendEscape(StringBuilder line, char c)
    {
        switch (c)
        {
            case '\n': line.Append("\\n"); break;
            case '\r': line.Append("\\r"); break;
            case '\t': line.Append("\\t"); break;
            case '\0': line.Append("\\0"); break;
            default: line.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
        }
    }
}
