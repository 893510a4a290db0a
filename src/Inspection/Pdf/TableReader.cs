namespace Uploader.Inspection.Pdf;

/// <summary>Reads a cross-reference table (ISO 32000-1, 7.5.4), by tokens: its lines are not 20 bytes long in every file.</summary>
internal static class TableReader
{
    /// <param name="lexer">Stands at <c>xref</c>, and at <c>trailer</c> afterwards.</param>
    /// <param name="see">Told of every object that is in use; null: nobody.</param>
    /// <returns>It could be read.</returns>
    public static bool TryRead(Lexer lexer, Action<Entry>? see)
    {
        while (lexer.Next() == TokenKind.Integer)
        {
            var first = lexer.Integer;
            if (first < 0 || lexer.Next() != TokenKind.Integer)
                return false;
            var count = lexer.Integer;
            for (long i = 0; i < count; i++)
            {
                if (lexer.Next() != TokenKind.Integer)
                    return false;
                var offset = lexer.Integer;
                if (offset < 0 || lexer.Next() != TokenKind.Integer)
                    return false;
                var generation = lexer.Integer;
                if (lexer.Next() != TokenKind.Keyword || lexer.Text is not ("n" or "f"))
                    return false;
                // Some programs count from 1, and readers know them by the head of the free list, which is object 0.
                if (i == 0 && first == 1 && offset == 0 && generation == 65535 && lexer.Text is "f")
                    first = 0;
                if (lexer.Text is "n")
                    see?.Invoke(new Entry(first + i, Entry.InFile, offset, generation));
            }
        }

        return lexer.IsKeyword("trailer");
    }
}
