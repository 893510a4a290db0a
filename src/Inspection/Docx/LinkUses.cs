using System.Buffers;

namespace Uploader.Inspection.Docx;

/// <summary>
/// Looks for a link that a part uses for anything else: by <c>r:link</c> of a picture, LibreOffice fetches whatever page a relationship of that id names, be it
/// only a link. It takes whatever is between two quotes for a value, and what follows a <c>&lt;</c> for an element's name: so each value of each tag is found,
/// and no comment, section or broken markup in front of it can lead astray, as it could a reader of XML that is not the one that shows the document.
/// </summary>
/// <param name="links">Of the part.</param>
/// <param name="offset">Of the part.</param>
/// <param name="inspector">Is told.</param>
internal sealed class LinkUses(LinkIds links, long offset, Inspector inspector)
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("<\"'"u8);
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>What was there since the last mark, and whether it is longer than any id.</summary>
    private readonly byte[] _text = new byte[LinkIds.MaxLength + 1];
    private int _length;
    private byte _mark;
    private bool _isInLink;
    private bool _isInReference;
    private int _radix;
    private int _code;

    public void See(ReadOnlySpan<byte> piece)
    {
        // In UTF-16 all of this would stand otherwise. No writer uses it for a document with links.
        if (piece.Contains((byte)0))
            throw inspector.Broken(offset, "a part with links in UTF-16");
        for (; piece.IndexOfAny(Marks) is >= 0 and var at; piece = piece[(at + 1)..])
        {
            Take(piece[..at]);
            Judge(_text.AsSpan(0, _length));
            (_mark, _length, _isInReference) = (piece[at], 0, false);
        }

        Take(piece);
    }

    private void Judge(ReadOnlySpan<byte> text)
    {
        if (_mark == '<')
            _isInLink = IsLink(text);
        else if (!_isInLink && links.Contains(text))
            inspector.Break(Rules.DocxRemote, offset, "a link that is used to fetch something");
    }

    private static bool IsLink(ReadOnlySpan<byte> tag)
    {
        var name = tag.IndexOfAny(NameEnds) is >= 0 and var end ? tag[..end] : tag;
        name = name[(name.IndexOf((byte)':') + 1)..];
        // The last says where a picture from the web is from, and only says it (Word, "Online Pictures").
        return name.SequenceEqual("hyperlink"u8) || name.SequenceEqual("hlinkClick"u8) || name.SequenceEqual("hlinkHover"u8) || name.SequenceEqual("hlinkMouseOver"u8)
            || name.SequenceEqual("picAttrSrcUrl"u8);
    }

    private void Take(ReadOnlySpan<byte> text)
    {
        if (!_isInReference && !text.Contains((byte)'&'))
        {
            Keep(text);
            return;
        }

        foreach (var b in text)
            TakeOne(b);
    }

    /// <summary>A letter may be written by its number, with any number of zeros before it (XML 1.0, production 66). What other references stand for is in no id.</summary>
    private void TakeOne(byte b)
    {
        switch (b)
        {
            case (byte)'&':
                (_isInReference, _radix, _code) = (true, 10, 0);
                break;
            case (byte)';' when _isInReference:
                _isInReference = false;
                Keep([(byte)_code]);
                break;
            case (byte)'x' when _isInReference:
                _radix = 16;
                break;
            case var _ when !_isInReference:
                Keep([b]);
                break;
            case var _ when char.IsAsciiHexDigit((char)b):
                _code = Math.Min(byte.MaxValue, (_code * _radix) + (b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10));
                break;
        }
    }

    private void Keep(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, _text.Length - _length)];
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
