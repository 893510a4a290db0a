using Uploader.Inspection.Polyglots;

namespace Uploader.Inspection.Pdf;

/// <summary>
/// Reads the file once from its first byte to its last. Every byte is in an object, a cross-reference, a comment or white space; so what a reader can find by
/// searching is what is seen here.
/// </summary>
internal sealed class Body(PdfFile file, Inspector inspector, ContentRules rules, ValueReader values)
{
    /// <summary>Readers look for the end mark in the last kilobyte (ISO 32000-1, annex H, note 18); some programs fill up with zeros or line ends.</summary>
    private const int MaxTail = 1024;

    /// <summary>There they look for the first <c>endobj</c> too.</summary>
    private const int MaxHead = 1024;

    private const int MaxTables = 2048;

    private readonly StreamLengths _lengths = new();

    /// <summary>Behind the last end mark; 0: a <c>startxref</c> was there, and its end mark is next; null: something else.</summary>
    private long? _end;
    private long? _afterEnd;
    private (long Offset, string What)? _unread;

    public ObjectStarts Starts { get; } = new();

    public NumberSet ObjectStreams { get; } = new();

    /// <summary>Offsets of cross-reference tables.</summary>
    public HashSet<long> Tables { get; } = [];

    /// <summary>What the last <c>startxref</c> says.</summary>
    public long CrossReference { get; private set; }

    /// <summary>Where readers of a linearised file begin instead: behind the first <c>endobj</c> (annex F.3.1); null: the file is none, or none any more.</summary>
    public long? FirstPage { get; private set; }

    public bool IsEncrypted { get; private set; }

    public void Read()
    {
        using var content = new FileRange(file, 0, file.Length - EndOfFile());
        using var lexer = new Lexer(content, new Comments(inspector));
        while (true)
        {
            lexer.SkipWhiteSpace();
            if (lexer.Peek() == '%')
                Comment(lexer);
            else if (lexer.Next() == TokenKind.End)
                break;
            else
                Part(lexer);
        }

        if (_end is not (> 0 and var end))
            throw inspector.Broken(file.Length, "no end mark at the end");
        if (_afterEnd is not null || file.Length - end > MaxTail)
            inspector.Break(Rules.TrailingData, end, "behind the end mark");
        // Of an encrypted file this cannot be known.
        if (IsEncrypted)
            return;
        if (_unread is var (offset, what))
            throw inspector.Broken(offset, what);
        if (!_lengths.AreAllKnown)
            inspector.Break(Rules.PdfStructure, 0, "a stream is not as long as it says");
    }

    /// <returns>Bytes. Texas Instruments' data sheets end in one of ones: a program wrote out the -1 by which C says that nothing follows.</returns>
    private int EndOfFile()
    {
        Span<byte> last = stackalloc byte[1];
        return file.Read(Math.Max(0, file.Length - 1), last) == 1 && last[0] == byte.MaxValue ? 1 : 0;
    }

    private void Comment(Lexer lexer)
    {
        var offset = lexer.Offset;
        // Acrobat appends to a file that does not end in a line end without one: what follows on the line is no comment.
        if (_end == 0 && lexer.Skip("%%EOF"u8))
        {
            _end = lexer.Offset;
            return;
        }

        // Readers look for the last startxref from the end back, and a comment may hold one.
        if (_end == 0)
            throw inspector.Broken(offset, "a comment before the end mark");
        lexer.SkipComment();
        if (_end > 0)
            _afterEnd ??= offset;
    }

    private void Part(Lexer lexer)
    {
        var isBehindEnd = _end > 0;
        _end = _afterEnd = null;
        if (lexer.Kind == TokenKind.Integer && lexer.Integer >= 0)
        {
            Object(lexer);
        }
        else if (lexer.IsKeyword("xref"))
        {
            if (Tables.Count == MaxTables)
                TooMany(lexer.TokenOffset, "cross-references");
            Tables.Add(lexer.TokenOffset);
            if (!TableReader.TryRead(lexer, null) || lexer.Next() != TokenKind.DictionaryStart || !values.Read(lexer, 0))
                throw inspector.Broken(lexer.TokenOffset, "cross-reference table");
            Trailer(lexer.TokenOffset, 0);
        }
        else if (lexer.IsKeyword("startxref"))
        {
            if (lexer.Next() != TokenKind.Integer || lexer.Integer < 0 || lexer.IsBehindComment)
                throw inspector.Broken(lexer.TokenOffset, "startxref");
            CrossReference = lexer.Integer;
            _end = 0;
        }
        else if (lexer.Kind != TokenKind.Keyword || lexer.Text is not ("endobj" or "Q" or "q") || isBehindEnd)
        {
            // One endobj more than needed is harmless, and so is the state that R saves and restores before its first page: programs write that.
            if (isBehindEnd)
                inspector.Break(Rules.TrailingData, lexer.TokenOffset, "behind the end mark");
            throw inspector.Broken(lexer.TokenOffset, "neither an object nor a cross-reference");
        }
    }

    private void Trailer(long offset, long number)
    {
        if (rules.Entries.IsAmbiguous)
            throw inspector.Broken(offset, "trailer that says things twice");
        rules.Links.SeeInformation(rules.Entries.Info ?? number);
        if (!rules.Entries.IsEncrypted)
            return;
        IsEncrypted = true;
        inspector.Break(Rules.PdfEncrypted, offset, "a key Encrypt in a trailer");
    }

    private void Object(Lexer lexer)
    {
        var (number, start) = (lexer.Integer, lexer.TokenOffset);
        if (lexer.Next() != TokenKind.Integer || lexer.IsBehindComment || lexer.Next() != TokenKind.Keyword || lexer.IsBehindComment || lexer.Text is not "obj")
            throw inspector.Broken(start, "neither an object nor a cross-reference");
        if (lexer.Offset - start > ObjectHeader.MaxLength)
            throw inspector.Broken(start, "an object that begins at great length");
        if (number >= NumberSet.Limit || !Starts.TryAdd(start))
            TooMany(start, "objects");
        lexer.Next();
        if (lexer.IsKeyword("endobj"))
            return;
        if (!values.Read(lexer, (int)number))
            throw inspector.Broken(lexer.TokenOffset, "value");
        if (rules.Integer is { } integer)
            _lengths.See(number, integer);
        if (Starts.Count == 1 && rules.Entries.IsLinearized && (rules.Entries.FileLength == file.Length || rules.Entries.IsAmbiguous))
            FirstPage = file.At(0, MaxHead).IndexOf("endobj"u8) is >= 0 and var end ? end + "endobj".Length : null;
        lexer.Next();
        if (lexer.IsKeyword("stream"))
            Stream(lexer, number, start);
        if (lexer.IsKeyword("endobj"))
            return;
        // cairo 1.12 forgot it behind shadings, and no reader minds.
        if (lexer.Kind != TokenKind.Integer)
            throw inspector.Broken(lexer.TokenOffset, "object without end");
        lexer.MoveTo(lexer.TokenOffset);
    }

    private void Stream(Lexer lexer, long number, long start)
    {
        var entries = rules.Entries;
        if (entries.LengthObject is { } other && (entries.IsObjectStream || entries.Type == Word.XRef))
            rules.Links.SeeLength(other);
        var offset = Streams.Begin(lexer) ?? throw inspector.Broken(lexer.Offset, "no line ends behind stream");
        var length = Length(lexer, offset, entries);
        if (lexer.Next() != TokenKind.Keyword || lexer.Text is not "endstream")
            throw inspector.Broken(lexer.TokenOffset, "stream is not as long as it says");
        lexer.Next();
        if (entries.Type == Word.XRef)
            Trailer(start, number);
        if (entries.IsObjectStream)
            ReadObjects(number, start, offset, length, entries);
        else if ((entries.Type == Word.Metadata || entries.Subtype == Word.Xml) && entries.Packing.IsReadable)
            ReadMetadata(offset, length, entries.Packing);
    }

    /// <summary>Finds where the stream's content ends, and leaves the lexer there.</summary>
    private long Length(Lexer lexer, long offset, Entries entries)
    {
        if ((entries.Length ?? (entries.LengthObject is { } other ? _lengths.Find(other) : null)) is { } said)
        {
            if (said >= 0 && said <= file.Length - offset)
            {
                lexer.MoveTo(offset + said);
                lexer.SkipWhiteSpace();
                if (lexer.Peek() == 'e')
                    return said;
            }

            if (entries.Length is not null)
                throw inspector.Broken(offset, "stream is not as long as it says");
        }

        if (entries.LengthObject is not { } number)
            throw inspector.Broken(offset, "stream without length");
        for (var end = Streams.FindEnd(file, offset); end is { } at; end = Streams.FindEnd(file, at + 1))
        {
            if (!Streams.IsEnd(file, at))
                continue;
            lexer.MoveTo(at);
            if (!_lengths.TryExpect(number, at - offset - Streams.WhiteSpaceBefore(file, offset, at), at - offset))
                TooMany(offset, "lengths of streams that come late");
            return at - offset;
        }

        throw inspector.Broken(offset, "stream without end");
    }

    private void ReadObjects(long number, long start, long offset, long length, Entries entries)
    {
        ObjectStreams.Add(number);
        if (entries.IsAmbiguous || !entries.Packing.IsReadable || entries.Count is not { } count || entries.First is not { } first)
        {
            inspector.Break(Rules.TooComplex, start, "an object stream that is packed in a way that is not read here");
            return;
        }

        rules.Container = (start, number);
        if (new ObjectStream(file, rules, values, _lengths).Read(offset, length, entries.Packing, count, first) is { } wrong)
            _unread ??= (start, wrong);
        rules.Container = null;
    }

    private void ReadMetadata(long offset, long length, Packing packing)
    {
        using var content = new Unpacked(file, offset, length, packing);
        var scripts = new ScriptScan();
        Span<byte> piece = stackalloc byte[4096];
        try
        {
            for (var count = content.Read(piece); count > 0; count = content.Read(piece))
            {
                if (scripts.Feed(piece[..count]) is { } script)
                    inspector.Break(Rules.ScriptInMetadata, offset, $"{script} in metadata");
            }
        }
        catch (InvalidDataException)
        {
            // It is encrypted, or damaged: nobody else reads more of it.
        }
    }

    private void TooMany(long offset, string what)
    {
        inspector.Break(Rules.TooComplex, offset, $"too many {what}, or too high a number");
        throw inspector.Broken(offset, $"too many {what}");
    }
}
