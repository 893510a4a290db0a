namespace Uploader.Inspection.Pdf;

/// <summary>How a stream's content is packed, as far as it is unpacked here: not at all, or by one FlateDecode with or without a predictor.</summary>
internal readonly record struct Packing()
{
    /// <summary>The parameters that were said, a bit each.</summary>
    private ulong Said { get; init; }

    /// <summary>Null: there are none.</summary>
    private bool? AreParametersInArray { get; init; }

    private bool IsFilterInArray { get; init; }

    /// <summary>Parameters belong to a filter only where both are in arrays, or neither is: some readers pass over others.</summary>
    public bool IsReadable
    {
        get => field && (!IsFlate || AreParametersInArray is null || AreParametersInArray == IsFilterInArray);
        init;
    } = true;

    public bool IsFlate { get; init; }

    public long Predictor { get; init; } = 1;

    public long Columns { get; init; } = 1;

    public long Colors { get; init; } = 1;

    public long BitsPerComponent { get; init; } = 8;

    public Packing WithFilter(Lexer lexer, bool isInArray) => this with
    {
        IsReadable = IsReadable && !IsFlate && lexer.Kind == TokenKind.Name && Words.Find(lexer.Text) == Word.FlateDecode,
        IsFlate = true,
        IsFilterInArray = isInArray,
    };

    /// <summary>The parameters of a filter begin, or there are none. Readers differ in which of two they take.</summary>
    public Packing WithParameters(bool areInArray) => this with { IsReadable = IsReadable && AreParametersInArray is null, AreParametersInArray = areInArray };

    public Packing WithParameter(Word key, Lexer lexer)
    {
        var value = lexer.Integer;
        var bit = 1UL << (int)key;
        var isKnown = lexer.Kind == TokenKind.Integer && (Said & bit) == 0;
        var said = this with { IsReadable = IsReadable && isKnown, Said = Said | bit };
        return key switch
        {
            Word.Predictor => said with { Predictor = value },
            Word.Columns => said with { Columns = value },
            Word.Colors => said with { Colors = value },
            Word.BitsPerComponent => said with { BitsPerComponent = value },
            _ => this,
        };
    }
}
