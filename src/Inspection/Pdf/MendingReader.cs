namespace Uploader.Inspection.Pdf;

/// <summary>
/// Reads one value as readers do that mend: what is no key where one should be is passed over, what is no value is one, and a dictionary goes on behind its end where a key follows. Shows the
/// rules at least what any of them would see.
/// </summary>
internal sealed class MendingReader(ContentRules rules)
{
    private readonly Action<ReadOnlySpan<byte>> _strings = rules.SeeString;
    private readonly Frame[] _frames = new Frame[ValueReader.MaxDepth];
    private int _depth;
    private bool _isOver;

    private ref Frame Top => ref _frames[_depth - 1];

    private Span<Frame> Frames => _frames.AsSpan(0, _depth);

    /// <param name="lexer">Stands at the value's first token, and at the first that is no part of it afterwards.</param>
    public void Read(Lexer lexer)
    {
        rules.Begin(ObjectLinks.Hidden);
        lexer.Strings = _strings;
        (_depth, _isOver) = (0, false);
        for (; lexer.Kind != TokenKind.End && !(_isOver && !GoesOn(lexer.Kind)); lexer.Next())
            See(lexer);
        for (; _depth > 0; _depth--)
            End(lexer);
    }

    private bool GoesOn(TokenKind kind) => _depth > 0 && kind is TokenKind.Name or TokenKind.DictionaryEnd;

    private void See(Lexer lexer)
    {
        var (isDictionary, wantsKey) = _depth == 0 ? (false, false) : (Top.IsDictionary, Top.WantsKey);
        switch (lexer.Kind)
        {
            case TokenKind.DictionaryEnd when isDictionary && _depth == 1:
                (_isOver, Top.WantsKey) = (true, true);
                break;
            case TokenKind.DictionaryEnd when isDictionary:
                End(lexer);
                Leave();
                break;
            case TokenKind.ArrayEnd when _depth > 0 && !isDictionary:
                Leave();
                break;
            case TokenKind.Name when wantsKey:
                (_isOver, Top.WantsKey, Top.Key) = (false, false, Words.Find(lexer.Text));
                rules.SeeKey(ref Top, lexer);
                break;
            case var _ when wantsKey:
                break;
            case TokenKind.ArrayStart or TokenKind.DictionaryStart:
                Enter(lexer);
                break;
            default:
                rules.SeeValue(Frames, lexer);
                SeeEnd();
                break;
        }
    }

    private void Enter(Lexer lexer)
    {
        if (_depth == _frames.Length)
        {
            rules.TooDeep(lexer.TokenOffset);
            return;
        }

        var under = rules.SeeStart(Frames, lexer);
        var isDictionary = lexer.Kind == TokenKind.DictionaryStart;
        _frames[_depth++] = new Frame { IsDictionary = isDictionary, WantsKey = isDictionary, Under = under };
    }

    private void Leave()
    {
        _depth--;
        SeeEnd();
    }

    /// <summary>A value ended.</summary>
    private void SeeEnd()
    {
        if (_depth == 0)
            _isOver = true;
        else
            Top.WantsKey = Top.IsDictionary;
    }

    private void End(Lexer lexer)
    {
        if (Top.IsDictionary)
            rules.SeeEnd(Frames, lexer);
    }
}
