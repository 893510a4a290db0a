namespace Uploader.Inspection.Pdf;

/// <summary>What stands in the outermost dictionary of an object and says how it is to be read.</summary>
internal sealed class Entries
{
    /// <summary>Pairs of numbers; a file that was changed so often in so many places is no everyday file.</summary>
    private const int MaxIndex = 8192;

    private ulong _seen;

    public Word Type { get; private set; }
    public Word Subtype { get; private set; }

    /// <summary>The stream's length in bytes; null: it is not said here.</summary>
    public long? Length { get; private set; }

    /// <summary>The object that says the length.</summary>
    public long? LengthObject { get; private set; }

    public Packing Packing { get; private set; } = new();

    /// <summary>How many objects an object stream has, and where the first begins.</summary>
    public long? Count { get; private set; }
    public long? First { get; private set; }

    public bool IsObjectStream { get; private set; }

    public List<long> Widths { get; } = [];
    public List<long> Index { get; } = [];

    /// <summary>One more than the highest number; readers of a file without it read nothing.</summary>
    public long Size { get; private set; }

    public long? Prev { get; private set; }
    public long? HybridStream { get; private set; }
    public long? Root { get; private set; }
    public long? Info { get; private set; }

    public bool IsLinearized { get; private set; }

    /// <summary>Bytes that the whole file had when it was linearised.</summary>
    public long? FileLength { get; private set; }

    /// <summary>By its type, or by its pages where it has forgotten to say that.</summary>
    public bool IsCatalog => Type == Word.Catalog || (_seen & (1UL << (int)Word.Pages)) != 0;

    public bool IsEncrypted { get; private set; }

    /// <summary>Of a key that decides how the object is read: readers differ in which of two they take.</summary>
    public bool IsAmbiguous { get; private set; }

    public void Clear()
    {
        _seen = 0;
        Type = Subtype = Word.Other;
        Length = LengthObject = Count = First = Prev = HybridStream = Root = Info = FileLength = null;
        Size = 0;
        Packing = new Packing();
        IsObjectStream = IsEncrypted = IsLinearized = IsAmbiguous = false;
        Widths.Clear();
        Index.Clear();
    }

    public void SeeKey(Word key)
    {
        if (key is Word.Other or Word.FreeKeys)
            return;
        var bit = 1UL << (int)key;
        IsAmbiguous |= (_seen & bit) != 0 && key is Word.Type or Word.Length or Word.Filter or Word.DecodeParms or Word.N or Word.First or Word.W
            or Word.Index or Word.Prev or Word.XRefStm or Word.Root or Word.Encrypt or Word.L;
        _seen |= bit;
        IsEncrypted |= key == Word.Encrypt;
        IsLinearized |= key == Word.Linearized;
        IsObjectStream |= (_seen & Both) == Both;
        if (key is Word.F or Word.ShortDecodeParms)
            Packing = Packing with { IsReadable = false };
    }

    /// <summary>What makes an object stream for the readers that do not ask for its type.</summary>
    private const ulong Both = (1UL << (int)Word.N) | (1UL << (int)Word.First);

    public void SeeValue(Word key, Lexer lexer)
    {
        long? integer = lexer.Kind == TokenKind.Integer ? lexer.Integer : null;
        long? reference = lexer.Kind == TokenKind.Reference ? lexer.Integer : null;
        var word = lexer.Kind == TokenKind.Name ? Words.Find(lexer.Text) : Word.Other;
        switch (key)
        {
            case Word.Type:
                Type = word;
                IsObjectStream |= word == Word.ObjStm;
                break;
            case Word.Subtype:
                Subtype = word;
                break;
            case Word.Length:
                (Length, LengthObject) = (integer, reference);
                break;
            case Word.N:
                Count = integer;
                break;
            case Word.First:
                First = integer;
                break;
            case Word.Size:
                Size = integer ?? 0;
                break;
            case Word.Prev:
                Prev = integer ?? -1;
                break;
            case Word.XRefStm:
                HybridStream = integer ?? -1;
                break;
            case Word.Root:
                Root = reference;
                break;
            case Word.L:
                FileLength = integer;
                break;
            case Word.Info:
                Info = reference;
                break;
            default:
                SeeInner(key, lexer, isInArray: false);
                break;
        }
    }

    /// <summary>A value in an array that stands below this key, or that is its own value.</summary>
    public void SeeInner(Word key, Lexer lexer, bool isInArray)
    {
        switch (key)
        {
            case Word.Filter:
                Packing = Packing.WithFilter(lexer, isInArray);
                break;
            case Word.DecodeParms when lexer.Kind != TokenKind.Keyword:
                Packing = Packing with { IsReadable = false };
                break;
            case Word.DecodeParms when isInArray:
                Packing = Packing.WithParameters(isInArray);
                break;
            case Word.W or Word.Index:
                var list = key == Word.W ? Widths : Index;
                if (list.Count <= MaxIndex)
                    list.Add(lexer.Kind == TokenKind.Integer ? lexer.Integer : -1);
                break;
        }
    }

    /// <summary>An array or a dictionary that stands there.</summary>
    public void SeeInnerStart(Word key, TokenKind kind, bool isInArray)
    {
        if (key == Word.DecodeParms && kind == TokenKind.DictionaryStart)
            Packing = Packing.WithParameters(isInArray);
        else if (key is Word.Filter or Word.DecodeParms)
            Packing = Packing with { IsReadable = false };
    }

    /// <summary>A value in the dictionary of a filter's parameters.</summary>
    public void SeeParameter(Word key, Lexer lexer) => Packing = Packing.WithParameter(key, lexer);

    public bool HasLongIndex => Index.Count > MaxIndex;
}
