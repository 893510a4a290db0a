namespace Uploader.Web.Addressing;

/// <summary>
/// One element of a <c>Forwarded</c> header, <c>for="[2001:db8::1]:4711";proto=https</c>
/// (<see href="https://www.rfc-editor.org/rfc/rfc7239#section-4">RFC 7239, section 4</see>).
/// </summary>
internal static class ForwardedElement
{
    /// <summary>Room for the longest address with brackets and port.</summary>
    private const int MaxNodeLength = 64;

    /// <summary>
    /// The comma that begins the last element of <paramref name="line"/>, seen from the right, or -1 where the element is the first.
    /// False when a quoted string has no beginning.
    /// </summary>
    /// <remarks>
    /// From the right, because the right end is what the proxy wrote: from the left, a client that sends <c>for="</c> would draw what the proxy appends
    /// into its own quoted string.
    /// </remarks>
    public static bool TryFindLastComma(ReadOnlySpan<char> line, out int comma)
    {
        comma = line.LastIndexOfAny(',', '"');
        while (comma >= 0 && line[comma] == '"')
        {
            var opening = OpeningQuote(line[..comma]);
            if (opening < 0)
                return false;
            comma = line[..opening].LastIndexOfAny(',', '"');
        }

        return true;
    }

    /// <summary>Whom the element's only <c>for</c> names; unreadable when there is none, or two, or the element breaks the grammar.</summary>
    public static ForwardedHop Parse(ReadOnlySpan<char> element)
    {
        var hop = ForwardedHop.Unreadable;
        var seen = false;
        while (!(element = element.TrimStart(" \t;")).IsEmpty)
        {
            var equals = element.IndexOf('=');
            if (equals < 0)
                return ForwardedHop.Unreadable;

            var isFor = element[..equals].Equals("for", StringComparison.OrdinalIgnoreCase);
            if (isFor && seen)
                return ForwardedHop.Unreadable;
            seen |= isFor;

            element = element[(equals + 1)..];
            var end = EndOfValue(element);
            if (end < 0)
                return ForwardedHop.Unreadable;
            if (isFor)
                hop = ParseValue(element[..end].TrimEnd(" \t"));
            element = element[end..];
        }

        return hop;
    }

    private static ForwardedHop ParseValue(ReadOnlySpan<char> value)
    {
        if (!value.StartsWith('"'))
            return ForwardedHop.Parse(value);

        var quoted = value[1..^1];
        if (!quoted.Contains('\\'))
            return ForwardedHop.Parse(quoted);
        if (quoted.Length > MaxNodeLength)
            return ForwardedHop.Unreadable;

        Span<char> node = stackalloc char[MaxNodeLength];
        return ForwardedHop.Parse(node[..Unescape(quoted, node)]);
    }

    /// <summary>Where the value ends: at a semicolon outside quotes or at the end; -1 when its quotes are broken.</summary>
    private static int EndOfValue(ReadOnlySpan<char> rest)
    {
        var afterQuotes = 0;
        if (rest.StartsWith('"'))
        {
            afterQuotes = 1 + ClosingQuote(rest[1..]) + 1;
            if (afterQuotes == 1)
                return -1;
        }

        var semicolon = rest[afterQuotes..].IndexOf(';');
        var end = semicolon < 0 ? rest.Length : afterQuotes + semicolon;
        return afterQuotes == 0 || rest[afterQuotes..end].Trim(" \t").IsEmpty ? end : -1;
    }

    private static int OpeningQuote(ReadOnlySpan<char> text)
    {
        var quote = text.LastIndexOf('"');
        while (quote >= 0 && IsEscaped(text, quote))
            quote = text[..quote].LastIndexOf('"');
        return quote;
    }

    /// <summary>An odd number of backslashes stands right before it.</summary>
    private static bool IsEscaped(ReadOnlySpan<char> text, int index)
    {
        var backslashes = index - 1 - text[..index].LastIndexOfAnyExcept('\\');
        return backslashes % 2 == 1;
    }

    private static int ClosingQuote(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                return i;
            if (text[i] == '\\')
                i++;
        }

        return -1;
    }

    private static int Unescape(ReadOnlySpan<char> quoted, Span<char> plain)
    {
        var length = 0;
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == '\\' && i + 1 < quoted.Length)
                i++;
            plain[length++] = quoted[i];
        }

        return length;
    }
}
