namespace Uploader.Inspection.Pdf;

/// <summary>How a stream's content is packed, as far as it is unpacked here: not at all, or by one FlateDecode with or without a predictor.</summary>
internal readonly record struct Packing()
{
    public bool IsReadable { get; init; } = true;

    public bool IsFlate { get; init; }

    public long Predictor { get; init; } = 1;

    public long Columns { get; init; } = 1;

    public long Colors { get; init; } = 1;

    public long BitsPerComponent { get; init; } = 8;

    public Packing WithFilter(Lexer lexer) => this with
    {
        IsReadable = IsReadable && !IsFlate && lexer.Kind == TokenKind.Name && Words.Find(lexer.Text) == Word.FlateDecode,
        IsFlate = true,
    };

    public Packing WithParameter(Word key, Lexer lexer)
    {
        var isKnown = lexer.Kind == TokenKind.Integer;
        return key switch
        {
            Word.Predictor => this with { Predictor = lexer.Integer, IsReadable = IsReadable && isKnown },
            Word.Columns => this with { Columns = lexer.Integer, IsReadable = IsReadable && isKnown },
            Word.Colors => this with { Colors = lexer.Integer, IsReadable = IsReadable && isKnown },
            Word.BitsPerComponent => this with { BitsPerComponent = lexer.Integer, IsReadable = IsReadable && isKnown },
            _ => this,
        };
    }
}
