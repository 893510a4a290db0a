namespace Uploader.Inspection.Pdf;

/// <summary>Follows the cross-references from the last one back, and compares what they say with what is there.</summary>
internal sealed class CrossReference(PdfFile file, Inspector inspector, ContentRules rules, ValueReader values, Body body)
{
    /// <summary>White space that programs forgot to count; readers pass over it.</summary>
    private const int Slack = 16;

    /// <summary>The same in front of a cross-reference: Acrobat fills up there, and refers to where it began to.</summary>
    private const int SectionSlack = 256;

    private const int HeaderLength = 48;

    /// <summary>So many objects that lie elsewhere are looked at one by one before the window is moved for the next.</summary>
    private const int Patience = 256;

    private const int MaxSections = 2048;

    private const int MaxAliases = 1024;

    private readonly HashSet<long> _visited = [];
    private readonly NumberSet _found = new();
    private readonly List<(long Number, long Other, long Where)> _aliases = [];
    private long _window = long.MinValue / 2;
    private int _elsewhere;

    public void Follow()
    {
        using var content = new FileRange(file, 0, file.Length);
        using var lexer = new Lexer(content);
        long? root = null;
        long? next = body.CrossReference;
        while (next is { } offset)
        {
            Section(lexer, offset);
            root ??= rules.Entries.Root ?? -1;
            next = rules.Entries.Prev is { } prev and not 0 ? prev : null;
            // ExifTool copies what the trailer before said, so that two may name one stream.
            if (rules.Entries.HybridStream is { } hybrid && !WasVisited(lexer, hybrid))
                Section(lexer, hybrid);
        }

        if (body.FirstPage is { } first && !WasVisited(lexer, first))
            throw inspector.Broken(first, "a linearised file that leads past its first cross-reference");
        foreach (var (number, other, where) in _aliases)
        {
            if (!_found.Contains(other) || !rules.Links.TryAlias(number, other))
                throw NotThere(number, where);
        }

        if (!body.IsEncrypted && !rules.Links.IsCatalog(root ?? -1))
            throw inspector.Broken(body.CrossReference, "no catalog");
    }

    private bool WasVisited(Lexer lexer, long offset)
    {
        if (offset < 0 || offset >= file.Length)
            return false;
        lexer.MoveTo(offset);
        lexer.Next();
        return _visited.Contains(lexer.TokenOffset);
    }

    private void Section(Lexer lexer, long offset)
    {
        if (offset < 0 || offset >= file.Length)
            throw inspector.Broken(file.Length, "cross-reference outside the file");
        lexer.MoveTo(offset);
        lexer.Next();
        var start = lexer.TokenOffset;
        if (start - offset > SectionSlack || _visited.Count == MaxSections || !_visited.Add(start))
            throw inspector.Broken(offset, "cross-references without end");
        if (body.Tables.Contains(start))
        {
            if (!TableReader.TryRead(lexer, Check) || lexer.Next() != TokenKind.DictionaryStart || !values.Read(lexer, ObjectLinks.Hidden))
                throw inspector.Broken(offset, "cross-reference table");
            return;
        }

        if (body.Starts.Find(start) is null)
            throw inspector.Broken(offset, "no cross-reference where there should be one");
        lexer.Next();
        lexer.Next();
        lexer.Next();
        if (!values.Read(lexer, ObjectLinks.Hidden) || rules.Entries.Type != Word.XRef || lexer.Next() != TokenKind.Keyword || lexer.Text is not "stream")
            throw inspector.Broken(offset, "no cross-reference where there should be one");
        if (rules.Entries is not { Length: { } length, Packing.IsReadable: true, IsAmbiguous: false, HasLongIndex: false })
        {
            inspector.Break(Rules.TooComplex, start, "a cross-reference that is packed in a way that is not read here");
            return;
        }

        if (Streams.Begin(lexer) is not { } content || !CrossReferenceStream.TryRead(file, content, length, rules.Entries, Check))
            throw inspector.Broken(start, "cross-reference stream");
    }

    private void Check(Entry entry)
    {
        switch (entry.Type)
        {
            // At the beginning there is no object: a few programs mean a free one.
            case Entry.InFile when entry.Where != 0:
                if (body.Starts.Find(entry.Where, Slack) is null)
                    throw NotThere(entry.Number, entry.Where);
                CheckHeader(entry);
                break;
            case Entry.InObjectStream when !body.ObjectStreams.Contains(entry.Where):
                throw inspector.Broken(0, $"object {entry.Number} is in no object stream");
            case Entry.InObjectStream:
                rules.Links.SeePlace(entry);
                break;
        }
    }

    /// <summary>
    /// cairo 1.16 numbers the structure of a link and never writes it: the entry leads to what was written next, which readers do not take for it. Whether that
    /// is all right is known when all entries are.
    /// </summary>
    private void CheckHeader(Entry entry)
    {
        Span<byte> copy = stackalloc byte[HeaderLength];
        var text = Header(entry.Where, copy).TrimStart("\0\t\n\f\r "u8);
        var isObject = ObjectHeader.Read(text, out var number, out var generation) is > 0 and var at && text[at..].StartsWith("obj"u8);
        if (isObject && number == entry.Number && generation == entry.Generation)
            _found.Add(number);
        else if (isObject && number != entry.Number && _aliases.Count < MaxAliases)
            _aliases.Add((entry.Number, number, entry.Where));
        else
            throw NotThere(entry.Number, entry.Where);
    }

    private BrokenRuleException NotThere(long number, long where) => inspector.Broken(where, $"object {number} is not where the cross-reference says");

    /// <summary>Objects mostly stand in the order of their numbers: reading all between them is then faster than each.</summary>
    private ReadOnlySpan<byte> Header(long offset, Span<byte> copy)
    {
        if (offset >= _window && offset + HeaderLength <= _window + PdfFile.Window)
            return file.At(offset, HeaderLength);
        if (++_elsewhere < Patience)
            return copy[..file.Read(offset, copy)];
        _elsewhere = 0;
        _window = offset;
        return file.At(offset, HeaderLength);
    }
}
