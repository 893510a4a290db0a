namespace Uploader.Inspection.Pdf;

/// <summary>Where a stream's content begins and ends (ISO 32000-1, 7.3.8).</summary>
internal static class Streams
{
    private const int MaxSpace = 64;

    private static ReadOnlySpan<byte> End => "endstream"u8;

    private static ReadOnlySpan<byte> ObjectEnd => "endobj"u8;

    /// <summary>Behind the line end that follows <c>stream</c>. A carriage return alone must not be one, and readers take it all the same.</summary>
    /// <param name="lexer">Stands behind the keyword.</param>
    /// <returns>Null: no line ends there, and readers differ in where the content begins.</returns>
    public static long? Begin(Lexer lexer)
    {
        while (lexer.Peek() == ' ')
            lexer.MoveTo(lexer.Offset + 1);
        var isEnd = lexer.Skip("\r"u8);
        isEnd |= lexer.Skip("\n"u8);
        return isEnd ? lexer.Offset : null;
    }

    public static long? FindEnd(PdfFile file, long offset)
    {
        // Most are short: the window stays where it is while they lie within.
        for (var length = 2048; ; length = Math.Min(2 * length, PdfFile.Window))
        {
            var piece = file.At(offset, length);
            if (piece.IndexOf(End) is >= 0 and var at)
                return offset + at;
            if (piece.Length < length)
                return null;
            offset += piece.Length - End.Length + 1;
        }
    }

    /// <summary>The object ends there too.</summary>
    /// <param name="file">The file.</param>
    /// <param name="end">Of the stream, as was found.</param>
    public static bool IsEnd(PdfFile file, long end)
    {
        Span<byte> behind = stackalloc byte[MaxSpace + ObjectEnd.Length];
        behind = behind[..file.Read(end + End.Length, behind)];
        return behind.IndexOfAnyExcept(Characters.WhiteSpace) is >= 0 and var at && behind[at..].StartsWith(ObjectEnd);
    }

    public static int WhiteSpaceBefore(PdfFile file, long start, long end)
    {
        Span<byte> tail = stackalloc byte[(int)Math.Min(MaxSpace, end - start)];
        tail = tail[..file.Read(end - tail.Length, tail)];
        return tail.Length - 1 - tail.LastIndexOfAnyExcept(Characters.WhiteSpace);
    }
}
