namespace Uploader.Inspection.Pdf;

/// <summary>An object stream (ISO 32000-1, 7.5.7): pairs of number and offset, and then the objects.</summary>
internal sealed class ObjectStream(PdfFile file, ContentRules rules, ValueReader values, StreamLengths lengths)
{
    /// <param name="offset">Where its content begins in the file.</param>
    /// <param name="length">Bytes there.</param>
    /// <param name="packing">A readable one.</param>
    /// <param name="count">Of objects.</param>
    /// <param name="first">Where the first of them begins.</param>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public string? Read(long offset, long length, Packing packing, long count, long first)
    {
        try
        {
            // Twice at the same time, so that the offsets need not be kept.
            using var headStream = new Unpacked(file, offset, length, packing);
            using var heads = new Lexer(headStream);
            using var stream = new Unpacked(file, offset, length, packing);
            using var objects = new Lexer(stream);
            objects.MoveTo(first);
            objects.Next();
            for (long i = 0; i < count; i++)
            {
                rules.Index = i;
                if (heads.Next() != TokenKind.Integer || heads.IsBehindComment || heads.Integer is < 0 or >= NumberSet.Limit)
                    return "the number of an object in a stream";
                var number = (int)heads.Integer;
                if (heads.Next() != TokenKind.Integer || heads.IsBehindComment || heads.Integer < 0 || heads.Offset > first)
                    return "the offset of an object in a stream";
                // poppler takes the first for 0 whatever it is, and all others from there.
                if (i == 0 && heads.Integer != 0)
                    return "the offset of the first object in a stream";
                if (!Skip(objects, first + heads.Integer) || !values.Read(objects, number))
                    return "an object in a stream";
                if (rules.Integer is { } integer)
                    lengths.See(number, integer);
                objects.Next();
            }

            return Skip(objects, long.MaxValue) || objects.Kind == TokenKind.End ? null : "behind the objects of a stream";
        }
        catch (InvalidDataException)
        {
            return "the packing of an object stream";
        }
    }

    /// <summary>Up to an object that is listed, over those that are not.</summary>
    private bool Skip(Lexer objects, long offset)
    {
        while (objects.TokenOffset < offset)
        {
            if (objects.Kind == TokenKind.End || !values.Read(objects, ObjectLinks.Hidden))
                return false;
            objects.Next();
        }

        // qpdf and LuaTeX write comments between; readers that begin within one see what it says.
        return objects.CommentOffset is { } comment ? offset == comment || offset == objects.TokenOffset : objects.PreviousEnd <= offset;
    }
}
