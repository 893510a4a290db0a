namespace Uploader.Inspection.Pdf;

/// <summary>The two numbers with which an indirect object and a reference begin.</summary>
internal static class ObjectHeader
{
    /// <summary>Bytes of the two and the word behind them, as programs write them: nobody needs more white space or zeros than that.</summary>
    public const int MaxLength = 32;

    /// <summary>Digits of the longest object number and generation.</summary>
    private const int NumberDigits = 10;
    private const int GenerationDigits = 5;

    /// <returns>Where the word begins that follows them (<c>obj</c>, <c>R</c>); 0: there are no two numbers with white space behind each.</returns>
    public static int Read(ReadOnlySpan<byte> text, out long number, out int generation)
    {
        generation = 0;
        var at = Digits(text, 0, NumberDigits, out number);
        if (at == 0)
            return 0;
        var second = WhiteSpace(text, at);
        if (second == at)
            return 0;
        var end = Digits(text, second, GenerationDigits, out var last);
        if (end == second)
            return 0;
        generation = (int)last;
        at = WhiteSpace(text, end);
        return at == end ? 0 : at;
    }

    private static int Digits(ReadOnlySpan<byte> text, int at, int most, out long value)
    {
        value = 0;
        var start = at;
        for (; at < text.Length && Characters.IsDigit(text[at]); at++)
        {
            if (at - start == most)
                return start;
            value = (value * 10) + (text[at] - '0');
        }

        return at;
    }

    private static int WhiteSpace(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && Characters.IsWhiteSpace(text[at]))
            at++;
        return at;
    }
}
