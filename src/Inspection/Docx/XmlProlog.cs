using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Uploader.Inspection.Docx;

/// <summary>
/// Reads XML up to its root element: a document type definition can stand nowhere else (XML 1.0, production 22). In UTF-8 or UTF-16, which are all that OPC
/// allows (ISO/IEC 29500-2, 6.2.5), and what is ASCII where markup is concerned.
/// </summary>
/// <param name="isXml">It must be XML. Else it is only looked at in case it is, because some reader may try.</param>
/// <param name="mayNameDtd">A definition elsewhere may be named: drawing programs put it into SVG, and readers do not fetch it.</param>
/// <param name="offset">Of the part.</param>
/// <param name="inspector">Is told.</param>
internal sealed partial class XmlProlog(bool isXml, bool mayNameDtd, long offset, Inspector inspector)
{
    private const int MaxLength = 64 << 10;
    private const int MarkLength = 4;

    /// <summary>The longest one that says anything has 70 characters.</summary>
    private const int MaxDeclaration = 200;

    private const string Space = @"[ \t\r\n]";
    private const string Is = $"{Space}*={Space}*";

    private static readonly FrozenSet<string> Encodings = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "windows-1252");

    private readonly byte[] _mark = new byte[MarkLength];
    private readonly StringBuilder _word = new();
    private int _length;
    private int _width = 1;
    private int _low;
    private int _unit;
    private byte _previousByte;
    private State _state;
    private bool _hasDeclaration;
    private char _previous;
    private char _beforePrevious;

    private enum State
    {
        Between,
        Open,
        Instruction,
        Bang,
        Comment,
        Dtd,
        Root,
        Over,
    }

    public bool IsOver => _state == State.Over;

    /// <summary>The root element's name, without prefix.</summary>
    public string? Root { get; private set; }

    public void See(ReadOnlySpan<byte> piece)
    {
        foreach (var b in piece)
        {
            if (IsOver)
                return;
            if (_length < MarkLength)
            {
                _mark[_length++] = b;
                if (_length == MarkLength)
                    Begin();
            }
            else if (++_length > MaxLength)
            {
                GiveUp("XML that does not come to its root element");
            }
            else
            {
                Next(b);
            }
        }
    }

    /// <summary>The part ends here. One without a byte says nothing wrong.</summary>
    public void End()
    {
        if (!IsOver && _length > 0)
            GiveUp("XML without a root element");
    }

    private void Begin()
    {
        var skipped = 0;
        switch (_mark)
        {
            case [0xEF, 0xBB, 0xBF, _]:
                skipped = 3;
                break;
            case [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] or [0, 0, 0, (byte)'<'] or [(byte)'<', 0, 0, 0] or [0x4C, 0x6F, 0xA7, 0x94]:
                throw inspector.Broken(offset, "XML in UTF-32 or EBCDIC");
            case [0xFF, 0xFE, ..]:
                (skipped, _width, _low) = (2, 2, 0);
                break;
            case [0xFE, 0xFF, ..]:
                (skipped, _width, _low) = (2, 2, 1);
                break;
            case [(byte)'<', 0, ..]:
                (_width, _low) = (2, 0);
                break;
            case [0, (byte)'<', ..]:
                (_width, _low) = (2, 1);
                break;
        }

        foreach (var b in _mark.AsSpan(skipped))
        {
            if (!IsOver)
                Next(b);
        }
    }

    private void Next(byte b)
    {
        if (_width == 1)
        {
            Step((char)b);
            return;
        }

        var isLow = _unit % 2 == _low;
        if (_unit++ % 2 == 0)
            _previousByte = b;
        else
            Step(isLow ? (char)((_previousByte << 8) | b) : (char)((b << 8) | _previousByte));
    }

    private void Step(char c)
    {
        switch (_state)
        {
            case State.Between when c is ' ' or '\t' or '\r' or '\n':
                break;
            case State.Between when c == '<':
                _state = State.Open;
                break;
            case State.Open when c == '?':
                _word.Clear();
                _state = State.Instruction;
                break;
            case State.Open when c == '!':
                _word.Clear();
                _state = State.Bang;
                break;
            case State.Open when IsOfName(c):
                _word.Clear().Append(c);
                _state = State.Root;
                break;
            case State.Instruction when c == '>' && _previous == '?':
                JudgeDeclaration();
                _state = State.Between;
                break;
            case State.Instruction:
                Keep(c);
                break;
            case State.Bang:
                Keep(c);
                if (_word.Equals("--"))
                    (_state, c) = (State.Comment, '\0');
                else if (_word.Equals("DOCTYPE"))
                    BeginDtd();
                else if (!"--".StartsWith(_word.ToString(), StringComparison.Ordinal) && !"DOCTYPE".StartsWith(_word.ToString(), StringComparison.Ordinal))
                    GiveUp("a declaration where none can be");
                break;
            case State.Comment when c == '>' && (_beforePrevious, _previous) == ('-', '-'):
                _state = State.Between;
                break;
            case State.Comment:
                break;
            case State.Dtd when c == '>':
                _state = State.Between;
                break;
            case State.Dtd when c == '[':
                inspector.Break(Rules.DocxDtd, offset, "an internal document type definition");
                _state = State.Over;
                break;
            case State.Dtd:
                break;
            case State.Root when IsOfName(c):
                Keep(c);
                break;
            case State.Root when c is ' ' or '\t' or '\r' or '\n' or '/' or '>':
                Root = _word.ToString() is var name ? name[(name.IndexOf(':') + 1)..] : null;
                _state = State.Over;
                break;
            default:
                GiveUp("no XML");
                break;
        }

        (_beforePrevious, _previous) = (_previous, c);
    }

    private void BeginDtd()
    {
        if (!mayNameDtd)
            inspector.Break(Rules.DocxDtd, offset, "a document type definition");
        _state = mayNameDtd ? State.Dtd : State.Over;
    }

    /// <summary>Whoever reads a declaration loosely finds another encoding in it than whoever reads it by the letter, and so another text.</summary>
    private void JudgeDeclaration()
    {
        var text = _word.ToString();
        if (!text.StartsWith("xml", StringComparison.Ordinal) || (text.Length > 3 && IsOfName(text[3])))
            return;
        var declaration = text.Length <= MaxDeclaration && !_hasDeclaration ? Declaration().Match(text) : Match.Empty;
        if (!declaration.Success)
            throw inspector.Broken(offset, "an XML declaration that is none, or a second one");
        _hasDeclaration = true;
        if (declaration.Groups["encoding"] is { Success: true } encoding && !Encodings.Contains(encoding.Value))
            throw inspector.Broken(offset, "XML in an encoding that is not accepted");
    }

    /// <summary>XML 1.0, productions 23 to 26, 32, 80 and 81, from its name to its last question mark.</summary>
    [GeneratedRegex(
        $"""^xml{Space}+version{Is}(?<q>["'])1\.[0-9]+\k<q>({Space}+encoding{Is}(?<q>["'])(?<encoding>[A-Za-z][A-Za-z0-9._-]*)\k<q>)?({Space}+standalone{Is}(?<q>["'])(yes|no)\k<q>)?{Space}*\?\z""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();

    private void Keep(char c)
    {
        if (_word.Length < 256)
            _word.Append(c);
    }

    private void GiveUp(string what)
    {
        _state = State.Over;
        if (isXml)
            throw inspector.Broken(offset, what);
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or ':' or '-' or '.' || c >= 0x80;
}
