using Uploader.Inspection.Polyglots;

namespace Uploader.Inspection.Pdf;

/// <summary>
/// Judges what objects say, one after the other and each for itself, wherever it stands: an object that nothing refers to is found by readers that mend.
/// </summary>
internal sealed class ContentRules(Inspector inspector)
{
    private readonly ScriptScan _scripts = new();
    private int _number;
    private bool _hasScript;

    public ObjectLinks Links { get; } = new(inspector);

    /// <summary>Of the object that was read last.</summary>
    public Entries Entries { get; } = new();

    /// <summary>Of the object that was read last, where it is nothing but a number.</summary>
    public long? Integer { get; private set; }

    /// <summary>The object stream in whose objects the lexer is: where it begins, and its number.</summary>
    public (long Offset, long Number)? Container { get; set; }

    /// <summary>The place among those of the object that comes next.</summary>
    public long Index { get; set; }

    public void Begin(int number)
    {
        _number = number;
        Links.See(number);
        Entries.Clear();
        Integer = null;
    }

    public void TooDeep(long offset) => inspector.Break(Rules.TooComplex, offset, $"values nested deeper than {ValueReader.MaxDepth}");

    public void SeeString(ReadOnlySpan<byte> piece) => _hasScript |= _scripts.Feed(piece) is not null;

    public void SeeKey(ref Frame frame, Lexer lexer)
    {
        frame.Traits |= frame.Key switch
        {
            Word.P => Traits.HasParent,
            Word.Next => Traits.Acts | Traits.Runs,
            Word.EF => Traits.HasFile,
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
        if (frames.Length == 2 && !frame.IsDictionary)
            Entries.SeeInnerStart(frame.Under, lexer.Kind, isInArray: true);
        if (!frame.IsDictionary)
            return frame.Under;
        if (frames.Length == 1 && lexer.Kind == TokenKind.DictionaryStart)
            Entries.SeeInnerStart(frame.Key, lexer.Kind, isInArray: false);
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
                Entries.SeeInner(frame.Under, lexer, isInArray: true);
            return;
        }

        SeeEntry(frames, lexer);
        if (frames.Length == 1)
            Entries.SeeValue(frame.Key, lexer);
        else if (frame.Under == Word.DecodeParms && (frames.Length == 2 || (frames.Length == 3 && !frames[1].IsDictionary)))
            Entries.SeeParameter(frame.Key, lexer);
        if (frame.Key is Word.S or Word.Type or Word.Subtype)
            SeeKind(ref frame, lexer);
        if (lexer.Kind == TokenKind.Reference && (frame.Key == Word.OpenAction || frame.Under == Word.AdditionalActions))
            Links.SeeOpened(lexer.Integer);
    }

    public void SeeEnd(ReadOnlySpan<Frame> frames, Lexer lexer)
    {
        ref readonly var frame = ref frames[^1];
        var isTag = (frame.Traits & (Traits.IsElement | Traits.HasParent | Traits.HasMeans)) == (Traits.IsElement | Traits.HasParent);
        if (frame.Claimed is { } rule && !isTag)
            inspector.Break(rule, Offset(lexer), "an action, at the end of its dictionary");
        if (frame.Traits.HasFlag(Traits.IsFile | Traits.HasFile))
            inspector.Break(Rules.PdfEmbeddedFile, Offset(lexer), "a file, at the end of its description");
        if (frame.Under == Word.OpenAction && frame.Traits.HasFlag(Traits.IsAction | Traits.Acts))
            inspector.Break(Rules.PdfOpenAction, Offset(lexer), "an action that runs by itself, at the end of its dictionary");
        if (frames.Length == 1)
            SeeObjectEnd(frame.Traits);
    }

    private void SeeObjectEnd(Traits traits)
    {
        if (Entries.IsCatalog)
            Links.SeeCatalog(_number);
        if (traits.HasFlag(Traits.IsAction | Traits.Acts))
            Links.SeeActing(_number);
        if (traits.HasFlag(Traits.IsAction | Traits.Runs))
            Links.SeeRunning(_number, Place);
    }

    private (long, long)? Place => Container is { Number: var stream } ? (stream, Index) : null;

    private long Offset(Lexer lexer) => Container?.Offset ?? lexer.TokenOffset;

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
            // Google's programs write it whether there are scripts or not, and leave out the object then.
            case Word.JavaScript when lexer.Kind == TokenKind.Reference:
                Links.SeeScriptNames(lexer.Integer);
                break;
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
        frame.Traits |= (frame.Key, word) switch
        {
            (Word.S, Word.GoTo) => Traits.IsAction,
            (Word.S, Word.OtherAction) => Traits.IsAction | Traits.Acts | Traits.Runs,
            (Word.S, _) when lexer.Kind != TokenKind.Name || RuleOf(word) is not null => Traits.IsAction | Traits.Acts | Traits.Runs,
            (Word.S, _) => Traits.IsAction | Traits.Acts,
            (Word.Type, Word.StructElem) => Traits.IsElement,
            (Word.Type, Word.Filespec or Word.F) => Traits.IsFile,
            _ => Traits.None,
        };
        if (RuleOf(word) is not { } rule)
            return;
        // An author may call a tag whatever he likes, so the rest of the dictionary has to be seen.
        if (frame.Key == Word.S && frame.Claimed is null && word is not (Word.Rendition or Word.GoToE or Word.GoTo3DView or Word.RichMediaExecute))
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
        {
            Links.SeeActing(_number);
            Links.SeeRunning(_number, Place);
        }

        if (lexer.Kind == TokenKind.Name && RuleOf(Words.Find(lexer.Text)) is { } rule)
            inspector.Break(rule, Offset(lexer), $"object {_number} is a name for it");
    }

    private void SeeStringEnd()
    {
        if (_hasScript)
            Links.SeeScript(_number);
        _hasScript = false;
        _scripts.Reset();
    }
}
