namespace Uploader.Inspection.Png;

/// <summary>What stands before the text of a zTXt, iTXt or iCCP chunk. <see href="https://www.w3.org/TR/png-3/#11textinfo"/></summary>
internal struct TextHead(uint type)
{
    private const int LongestKeyword = 79;

    private Field _field;
    private int _keyword;

    private enum Field
    {
        Keyword,
        IsPacked,
        Method,
        Language,
        Translated,
        Text,
    }

    /// <summary>What follows is the text.</summary>
    public readonly bool IsOver => _field == Field.Text;

    /// <summary>The text is a zlib stream.</summary>
    public bool IsPacked { get; private set; } = type != ChunkTypes.Itxt;

    /// <param name="content">The chunk's next bytes; those that are no text yet are cut off.</param>
    /// <returns>What is wrong with it; null: nothing so far.</returns>
    public string? Feed(ref ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty && !IsOver)
        {
            var b = content[0];
            content = content[1..];
            switch (_field)
            {
                case Field.Keyword when b != 0:
                    if (++_keyword > LongestKeyword)
                        return "keyword too long";
                    break;
                case Field.Keyword:
                    if (_keyword == 0)
                        return "no keyword";
                    _field = type == ChunkTypes.Itxt ? Field.IsPacked : Field.Method;
                    break;
                case Field.IsPacked:
                    if (b > 1)
                        return $"compression flag {b}";
                    IsPacked = b == 1;
                    _field = Field.Method;
                    break;
                case Field.Method:
                    if (IsPacked && b != 0)
                        return $"compression method {b}";
                    _field = type == ChunkTypes.Itxt ? Field.Language : Field.Text;
                    break;
                case Field.Language or Field.Translated when b == 0:
                    _field++;
                    break;
            }
        }

        return null;
    }
}
