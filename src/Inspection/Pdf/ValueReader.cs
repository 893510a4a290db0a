namespace Uploader.Inspection.Pdf;

/// <summary>Reads one value, of whatever depth, and shows its parts to the rules. Not recursive.</summary>
internal sealed class ValueReader(ContentRules rules)
{
    /// <summary>Real files stay below 20; readers give up at a few hundred.</summary>
    public const int MaxDepth = 100;

    private readonly Action<ReadOnlySpan<byte>> _strings = rules.SeeString;
    private readonly Frame[] _frames = new Frame[MaxDepth];

    /// <param name="lexer">Stands at the value's first token, and at its last afterwards.</param>
    /// <param name="number">The object's number; negative: it has none.</param>
    /// <returns>It could be read.</returns>
    public bool Read(Lexer lexer, int number)
    {
        rules.Begin(number);
        lexer.Strings = _strings;
        var depth = 0;
        for (var kind = lexer.Kind; ; kind = lexer.Next())
        {
            if (depth > 0 && _frames[depth - 1] is { IsDictionary: true, WantsKey: true })
            {
                if (kind == TokenKind.Name)
                {
                    _frames[depth - 1].WantsKey = false;
                    _frames[depth - 1].Key = Words.Find(lexer.Text);
                    rules.SeeKey(ref _frames[depth - 1], lexer);
                    continue;
                }

                if (kind != TokenKind.DictionaryEnd)
                    return false;
                rules.SeeEnd(_frames.AsSpan(0, depth), lexer);
                depth--;
            }
            else if (kind == TokenKind.ArrayEnd && depth > 0 && !_frames[depth - 1].IsDictionary)
            {
                depth--;
            }
            else if (kind is TokenKind.ArrayStart or TokenKind.DictionaryStart)
            {
                if (depth == MaxDepth)
                {
                    rules.TooDeep(lexer.TokenOffset);
                    return false;
                }

                var under = rules.SeeStart(_frames.AsSpan(0, depth), lexer);
                var isDictionary = kind == TokenKind.DictionaryStart;
                _frames[depth++] = new Frame { IsDictionary = isDictionary, WantsKey = isDictionary, Under = under };
                continue;
            }
            else if (kind is TokenKind.Integer or TokenKind.Real or TokenKind.Name or TokenKind.String or TokenKind.Reference
                || (kind == TokenKind.Keyword && lexer.Text is "true" or "false" or "null"))
            {
                rules.SeeValue(_frames.AsSpan(0, depth), lexer);
            }
            else
            {
                return false;
            }

            if (depth == 0)
                return true;
            _frames[depth - 1].WantsKey = _frames[depth - 1].IsDictionary;
        }
    }
}
