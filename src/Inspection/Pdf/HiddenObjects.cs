namespace Uploader.Inspection.Pdf;

/// <summary>
/// Looks through the raw bytes for objects where there should be none: in the content of streams, in strings, in comments. A reader that mends a file finds objects by their first words,
/// wherever these stand.
/// </summary>
internal sealed class HiddenObjects(PdfFile file, Inspector inspector, ContentRules rules, ValueReader values, ObjectStarts starts)
{
    /// <summary>Two numbers with white space.</summary>
    private const int Before = 32;

    private const int Overlap = Before + 8;

    public void Find()
    {
        using var content = new FileRange(file, 0, file.Length);
        using var lexer = new Lexer(content);
        long seen = 0;
        for (long offset = 0; offset == 0 || offset + Overlap < file.Length; offset += PdfFile.Window - Overlap)
        {
            for (var at = 0; ; at += 3)
            {
                // The window moves with what is read below, so it is asked for again.
                var piece = file.At(offset, PdfFile.Window);
                var length = piece[at..].IndexOf("obj"u8);
                if (length < 0)
                    break;
                at += length;
                if (offset + at < seen || Header(piece, at) is not { } header || starts.Find(offset + header) is not null)
                    continue;
                Judge(lexer, offset + at + 3);
                seen = lexer.Offset;
            }

            seen = Math.Max(seen, offset + PdfFile.Window - 3 - 2);
        }
    }

    private void Judge(Lexer lexer, long offset)
    {
        lexer.MoveTo(offset);
        lexer.Next();
        if (values.Read(lexer, -1) && lexer.Next() == TokenKind.Keyword && lexer.Text is "stream" && (rules.Entries.IsObjectStream || rules.Entries.Type == Word.XRef))
            inspector.Break(Rules.PdfEmbeddedFile, offset, "an object stream hidden in something else");
    }

    /// <returns>Where the header begins that ends with this word; null: it is none.</returns>
    private static int? Header(ReadOnlySpan<byte> piece, int word)
    {
        var least = Math.Max(0, word - Before);
        var at = Back(piece, Back(piece, Back(piece, word, least, Characters.IsWhiteSpace), least, Characters.IsDigit), least, Characters.IsWhiteSpace);
        var start = Back(piece, at, least, Characters.IsDigit);
        return at < 0 || start < 0 ? null : start;
    }

    private static int Back(ReadOnlySpan<byte> piece, int at, int least, Func<int, bool> isPart)
    {
        if (at < 0)
            return -1;
        var start = at;
        while (start > least && isPart(piece[start - 1]))
            start--;
        return start == at ? -1 : start;
    }
}
