using System.Buffers;

namespace Uploader.Inspection.Pdf;

/// <summary>
/// The tokens of a file, or of what an object stream unpacks to, through a small window. Knows nothing of what they mean; only the content of strings and comments
/// goes by unseen, but for those who asked for it.
/// </summary>
/// <param name="source">Read from its position on; <see cref="MoveTo"/> moves it.</param>
/// <param name="comments">Told of what stands in comments; null: nobody.</param>
internal sealed class Lexer(Stream source, Comments? comments = null) : IDisposable
{
    /// <summary>Longer names are none that mean anything.</summary>
    private const int LongestName = 40;

    /// <summary>As far as is looked ahead: two numbers, white space and an R.</summary>
    private const int Ahead = 32;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
    private readonly char[] _name = new char[LongestName];
    private long _start;
    private int _at;
    private int _count;
    private bool _isAtEnd;
    private int _nameLength;

    public TokenKind Kind { get; private set; }

    /// <summary>Where the token begins.</summary>
    public long TokenOffset { get; private set; }

    /// <summary>Where the token before it ended.</summary>
    public long PreviousEnd { get; private set; }

    /// <summary>Where the last comment between the two begins; null: there is none.</summary>
    public long? CommentOffset { get; private set; }

    public bool IsBehindComment => CommentOffset is not null;

    /// <summary>What comes next stands here.</summary>
    public long Offset => _start + _at;

    /// <summary>Of an integer its value, of a reference the object's number.</summary>
    public long Integer { get; private set; }

    /// <summary>Of a name what it says, of a keyword itself; empty where that is longer than any that means something.</summary>
    public ReadOnlySpan<char> Text => _name.AsSpan(0, _nameLength);

    /// <summary>Told of what stands in literal strings; null: nobody.</summary>
    public Action<ReadOnlySpan<byte>>? Strings { get; set; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    public bool IsKeyword(ReadOnlySpan<char> keyword) => Kind == TokenKind.Keyword && Text.SequenceEqual(keyword);

    /// <summary>Goes on at another place. Only a source that can seek goes back.</summary>
    public void MoveTo(long offset)
    {
        if (offset >= _start && offset <= _start + _count)
        {
            _at = (int)(offset - _start);
            return;
        }

        source.Position = offset;
        _start = offset;
        _at = _count = 0;
        _isAtEnd = false;
    }

    /// <summary>The next byte; -1: there is none.</summary>
    public int Peek() => _at < _count || Have(1) ? _buffer[_at] : -1;

    public TokenKind Next()
    {
        PreviousEnd = Offset;
        CommentOffset = null;
        SkipWhiteSpace();
        while (Peek() == '%')
        {
            CommentOffset = Offset;
            SkipComment();
            SkipWhiteSpace();
        }

        TokenOffset = Offset;
        return Kind = Token(Peek());
    }

    public void SkipWhiteSpace()
    {
        while (Peek() >= 0)
        {
            var length = _buffer.AsSpan(_at, _count - _at).IndexOfAnyExcept(Characters.WhiteSpace);
            if (length >= 0)
            {
                _at += length;
                return;
            }

            _at = _count;
        }
    }

    /// <summary>From the per cent sign to the end of the line, which stays.</summary>
    public void SkipComment()
    {
        comments?.Begin(Offset);
        while (Peek() >= 0)
        {
            var length = Rest.IndexOfAny(Characters.LineEnds);
            var piece = length < 0 ? Rest : Rest[..length];
            comments?.See(piece);
            _at += piece.Length;
            if (length >= 0)
                return;
        }
    }

    /// <summary>Passes over these bytes if they come next.</summary>
    public bool Skip(ReadOnlySpan<byte> expected)
    {
        if (!Have(expected.Length) || !Rest.StartsWith(expected))
            return false;
        _at += expected.Length;
        return true;
    }

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_at, _count - _at);

    private TokenKind Token(int b)
    {
        switch (b)
        {
            case < 0:
                return TokenKind.End;
            case '/':
                _at++;
                return Name();
            case '(':
                _at++;
                return LiteralString();
            case '[':
                _at++;
                return TokenKind.ArrayStart;
            case ']':
                _at++;
                return TokenKind.ArrayEnd;
            case '<':
                _at++;
                if (Peek() != '<')
                    return HexString();
                _at++;
                return TokenKind.DictionaryStart;
            case '>':
                _at++;
                if (Peek() != '>')
                    return TokenKind.Malformed;
                _at++;
                return TokenKind.DictionaryEnd;
            case ')' or '{' or '}':
                _at++;
                return TokenKind.Malformed;
            case (>= '0' and <= '9') or '+' or '-' or '.':
                return Number();
            default:
                return Keyword();
        }
    }

    /// <summary>
    /// With <c>#xx</c> as what it stands for: whoever looks at the bytes alone does not see <c>/J#53</c>. Malformed where readers differ: some end a name at <c>#00</c> (which 7.3.5
    /// forbids), and PDFium takes any two characters for digits, and the bytes 80 and FF for white space.
    /// </summary>
    private TokenKind Name()
    {
        _nameLength = 0;
        var (isLong, kind) = (false, TokenKind.Name);
        while (Characters.IsRegular(Peek()))
        {
            int b = _buffer[_at++];
            if (b == '#')
            {
                b = Escaped();
                if (b == 0)
                    kind = TokenKind.Malformed;
            }

            else if (b is 0x80 or 0xFF && Words.Find(Text) != Word.Other)
            {
                kind = TokenKind.Malformed;
            }

            if (_nameLength < LongestName)
                _name[_nameLength++] = (char)b;
            else
                isLong = true;
        }

        if (isLong)
            _nameLength = 0;
        return kind;
    }

    private byte Escaped()
    {
        Span<byte> escaped = stackalloc byte[1];
        if (!Have(2) || Convert.FromHexString(Rest[..2], escaped, out _, out _) != OperationStatus.Done)
            return 0;
        _at += 2;
        return escaped[0];
    }

    private TokenKind Keyword()
    {
        _nameLength = 0;
        var isLong = false;
        while (Characters.IsRegular(Peek()))
        {
            if (_nameLength < LongestName)
                _name[_nameLength++] = (char)_buffer[_at];
            else
                isLong = true;
            _at++;
        }

        if (isLong)
            _nameLength = 0;
        return TokenKind.Keyword;
    }

    private TokenKind LiteralString()
    {
        var (depth, isEscaped) = (1, false);
        while (Peek() >= 0)
        {
            var length = InString(Rest, ref depth, ref isEscaped);
            Strings?.Invoke(Rest[..length]);
            _at += length;
            if (depth == 0)
                return TokenKind.String;
        }

        return TokenKind.Malformed;
    }

    /// <returns>How many bytes belong to the string, with the parenthesis that ends it.</returns>
    private static int InString(ReadOnlySpan<byte> text, ref int depth, ref bool isEscaped)
    {
        var at = isEscaped ? 1 : 0;
        while (at < text.Length && text[at..].IndexOfAny(Characters.StringMarks) is >= 0 and var next)
        {
            at += next + 1;
            switch (text[at - 1])
            {
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return at;
                case (byte)'\\':
                    at++;
                    break;
            }
        }

        isEscaped = at > text.Length;
        return text.Length;
    }

    private TokenKind HexString()
    {
        while (Peek() >= 0)
        {
            var length = Rest.IndexOfAnyExcept(Characters.InHexStrings);
            if (length < 0)
            {
                _at = _count;
                continue;
            }

            _at += length + 1;
            return _buffer[_at - 1] == '>' ? TokenKind.String : TokenKind.Malformed;
        }

        return TokenKind.Malformed;
    }

    private TokenKind Number()
    {
        Have(Ahead);
        if (Reference(Rest) is > 0 and var length)
        {
            _at += length;
            // Readers that keep numbers in 32 bits take another object.
            return Integer <= int.MaxValue ? TokenKind.Reference : TokenKind.Malformed;
        }

        var isInteger = true;
        var isNegative = Peek() == '-';
        if (Peek() is '+' or '-')
            _at++;
        long value = 0;
        var digits = 0;
        for (var b = Peek(); b is (>= '0' and <= '9') or '.' or '-'; b = Peek())
        {
            // Some programs write "0.-5" and the like; others read it.
            isInteger &= Characters.IsDigit(b) && ++digits <= 18;
            if (isInteger)
                value = (value * 10) + (b - '0');
            _at++;
        }

        Integer = isNegative ? -value : value;
        return isInteger && digits > 0 ? TokenKind.Integer : TokenKind.Real;
    }

    /// <returns>Its length; 0: it is none.</returns>
    private int Reference(ReadOnlySpan<byte> text)
    {
        if (!Characters.IsDigit(text[0]))
            return 0;
        var at = ObjectHeader.Read(text, out var number, out _);
        if (at <= 0 || at >= text.Length || text[at] != 'R' || (at + 1 < text.Length && Characters.IsRegular(text[at + 1])))
            return 0;
        Integer = number;
        return at + 1;
    }

    /// <summary>Fills up the window where fewer bytes than this are left in it.</summary>
    /// <returns>There are so many.</returns>
    private bool Have(int count)
    {
        if (_count - _at >= count)
            return true;
        Rest.CopyTo(_buffer);
        _start += _at;
        _count -= _at;
        _at = 0;
        while (_count < count && !_isAtEnd)
        {
            var read = source.Read(_buffer, _count, _buffer.Length - _count);
            _count += read;
            _isAtEnd = read == 0;
        }

        return _count >= count;
    }
}
