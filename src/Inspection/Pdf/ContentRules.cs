using Uploader.Inspection.Polyglots;

namespace Uploader.Inspection.Pdf;

/// <summary>
/// Judges what objects say, one after the other and each for itself, wherever it stands: an object that nothing refers to is found by readers that repair.
/// Only what needs two objects to be seen is kept for the end: an action that runs by itself but stands elsewhere, a script in the document's information.
/// </summary>
internal sealed class ContentRules(Inspector inspector)
{
    private readonly NumberSet _written = new();
    private readonly NumberSet _writtenAgain = new();
    private readonly NumberSet _acting = new();
    private readonly NumberSet _opened = new();
    private readonly NumberSet _withScript = new();
    private readonly NumberSet _information = new();
    private readonly NumberSet _catalogs = new();
    private readonly ScriptScan _scripts = new();
    private int _number;
    private bool _hasScript;

    /// <summary>Of the object that was read last.</summary>
    public Entries Entries { get; } = new();

    /// <summary>Of the object that was read last, where it is nothing but a number.</summary>
    public long? Integer { get; private set; }

    /// <summary>Where the object stream begins in whose objects the lexer is.</summary>
    public long? Container { get; set; }

    /// <summary>The document's information stands in this object.</summary>
    public void IsInformation(long number) => _information.Add(number);

    public bool IsCatalog(long number) => _catalogs.Contains(number);

    /// <summary>A cross-reference says of a number that its object is another one. A careless reader takes that, so the number is judged like the other.</summary>
    /// <returns>The file has no object of this number, so that readers that look find none, and one of the other.</returns>
    public bool TryAlias(long number, long other)
    {
        if (number >= NumberSet.Limit || _written.Contains(number) || _writtenAgain.Contains(other))
            return false;
        if (_acting.Contains(other))
            _acting.Add(number);
        if (_withScript.Contains(other))
            _withScript.Add(number);
        return true;
    }

    public void Begin(int number)
    {
        _number = number;
        if (_written.Contains(number))
            _writtenAgain.Add(number);
        _written.Add(number);
        Entries.Clear();
        Integer = null;
    }

    /// <summary>All objects were seen.</summary>
    public void Conclude()
    {
        if (_opened.Common(_acting) is { } action)
            inspector.Break(Rules.PdfOpenAction, 0, $"object {action} is an action that runs by itself");
        if (_information.Common(_withScript) is { } information)
            inspector.Break(Rules.ScriptInMetadata, 0, $"script in the document's information, object {information}");
    }

    public void TooDeep(long offset) => inspector.Break(Rules.TooComplex, offset, $"values nested deeper than {ValueReader.MaxDepth}");

    public void SeeString(ReadOnlySpan<byte> piece) => _hasScript |= _scripts.Feed(piece) is not null;

    public void SeeKey(ref Frame frame, Lexer lexer)
    {
        frame.Traits |= frame.Key switch
        {
            Word.P => Traits.HasParent,
            Word.Next => Traits.Acts,
            Word.JS or Word.F or Word.Sound => Traits.HasMeans,
            Word.Other when lexer.Text is "Win" or "Mac" or "Unix" => Traits.HasMeans,
            _ => Traits.None,
        };
    }

    /// <returns>Below which key it stands.</returns>
    public Word SeeStart(ReadOnlySpan<Frame> frames, Lexer lexer)
    {
        if (frames.IsEmpty)
            return Word.Other;
        ref readonly var frame = ref frames[^1];
        if (!frame.IsDictionary)
            return frame.Under;
        SeeEntry(frames, lexer);
        // Of additional actions each is like the one that runs when the document is opened.
        return frame.Under == Word.AdditionalActions && lexer.Kind == TokenKind.DictionaryStart ? Word.OpenAction : frame.Key;
    }

    public void SeeValue(Span<Frame> frames, Lexer lexer)
    {
        if (lexer.Kind == TokenKind.String)
            SeeStringEnd();
        if (frames.IsEmpty)
        {
            SeeBare(lexer);
            return;
        }

        ref var frame = ref frames[^1];
        if (!frame.IsDictionary)
        {
            if (frames.Length == 2)
                Entries.SeeInner(frame.Under, lexer);
            return;
        }

        SeeEntry(frames, lexer);
        if (frames.Length == 1)
            Entries.SeeValue(frame.Key, lexer);
        else if (frame.Under == Word.DecodeParms)
            Entries.SeeParameter(frame.Key, lexer);
        if (frame.Key is Word.S or Word.Type or Word.Subtype)
            SeeKind(ref frame, lexer);
        if (lexer.Kind == TokenKind.Reference && (frame.Key == Word.OpenAction || frame.Under == Word.AdditionalActions))
            _opened.Add(lexer.Integer);
    }

    public void SeeEnd(ReadOnlySpan<Frame> frames, Lexer lexer)
    {
        ref readonly var frame = ref frames[^1];
        var isTag = (frame.Traits & (Traits.IsElement | Traits.HasParent | Traits.HasMeans)) == (Traits.IsElement | Traits.HasParent);
        if (frame.Claimed is { } rule && !isTag)
            inspector.Break(rule, Offset(lexer), "an action, at the end of its dictionary");
        var acts = (frame.Traits & (Traits.IsAction | Traits.Acts)) == (Traits.IsAction | Traits.Acts);
        if (acts && frame.Under == Word.OpenAction)
            inspector.Break(Rules.PdfOpenAction, Offset(lexer), "an action that runs by itself, at the end of its dictionary");
        if (acts && frames.Length == 1)
            _acting.Add(_number);
        if (frames.Length == 1 && Entries.IsCatalog)
            _catalogs.Add(_number);
    }

    private long Offset(Lexer lexer) => Container ?? lexer.TokenOffset;

    /// <summary>A key and what kind of value it has.</summary>
    private void SeeEntry(ReadOnlySpan<Frame> frames, Lexer lexer)
    {
        ref readonly var frame = ref frames[^1];
        if (frames.Length == 1)
            Entries.SeeKey(frame.Key);
        // A null is as good as no entry, and a name is another name for a tag.
        if (frame.Under is Word.FreeKeys or Word.N || lexer.Kind is TokenKind.Name or TokenKind.Keyword)
            return;
        switch (frame.Key)
        {
            case Word.JS or Word.JavaScript:
                inspector.Break(Rules.PdfJavaScript, Offset(lexer), $"a key {frame.Key}, object {_number}");
                break;
            case Word.EmbeddedFiles or Word.EF:
                inspector.Break(Rules.PdfEmbeddedFile, Offset(lexer), $"a key {frame.Key}, object {_number}");
                break;
            case Word.Xfa:
                inspector.Break(Rules.PdfXfa, Offset(lexer), $"a key XFA, object {_number}");
                break;
            case Word.AdditionalActions when lexer.Kind == TokenKind.Reference:
                inspector.Break(Rules.PdfOpenAction, Offset(lexer), $"additional actions elsewhere, object {_number}");
                break;
        }
    }

    /// <summary>What a dictionary says it is.</summary>
    private void SeeKind(ref Frame frame, Lexer lexer)
    {
        var word = lexer.Kind == TokenKind.Name ? Words.Find(lexer.Text) : Word.Other;
        if (frame.Key == Word.S)
            frame.Traits |= word == Word.GoTo ? Traits.IsAction : Traits.IsAction | Traits.Acts;
        if (frame.Key == Word.Type && word == Word.StructElem)
            frame.Traits |= Traits.IsElement;
        if (RuleOf(word) is not { } rule)
            return;
        // An author may call a tag whatever he likes, so the rest of the dictionary has to be seen.
        if (frame.Key == Word.S && frame.Claimed is null)
            frame.Claimed = rule;
        else
            inspector.Break(rule, Offset(lexer), $"{frame.Key} {word}, object {_number}");
    }

    private static Rule? RuleOf(Word kind) => kind switch
    {
        Word.JavaScript => Rules.PdfJavaScript,
        Word.Launch => Rules.PdfLaunch,
        Word.EmbeddedFile or Word.FileAttachment or Word.GoToE => Rules.PdfEmbeddedFile,
        Word.RichMedia or Word.RichMediaExecute or Word.Movie or Word.Sound or Word.Screen or Word.Rendition or Word.ThreeD or Word.GoTo3DView => Rules.PdfRichMedia,
        _ => null,
    };

    /// <summary>An object that is no more than a name or a number: another may say by it what kind of action it is.</summary>
    private void SeeBare(Lexer lexer)
    {
        Integer = lexer.Kind == TokenKind.Integer ? lexer.Integer : null;
        if (lexer.Kind == TokenKind.Reference)
            _acting.Add(_number);
        if (lexer.Kind == TokenKind.Name && RuleOf(Words.Find(lexer.Text)) is { } rule)
            inspector.Break(rule, Offset(lexer), $"object {_number} is a name for it");
    }

    private void SeeStringEnd()
    {
        if (_hasScript)
            _withScript.Add(_number);
        _hasScript = false;
        _scripts.Reset();
    }
}
