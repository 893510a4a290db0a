using System.Buffers;

namespace Uploader.Inspection.Pdf;

/// <summary>
/// Looks through the raw bytes for objects and trailers where there should be none: in the content of streams, in strings, in comments. A reader that mends a file finds them by
/// their words, wherever these stand and whatever is wrong with them.
/// </summary>
internal sealed class HiddenObjects(PdfFile file, Inspector inspector, ContentRules rules, ObjectStarts starts)
{
    private const int Before = ObjectHeader.MaxLength;

    /// <summary>The longer word and what follows it.</summary>
    private const int After = 8;

    /// <summary>Bytes; a short one costs as much as these.</summary>
    private const int LeastWork = 512;

    /// <summary>PDFium's, which has two more.</summary>
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create([0, (byte)'\t', (byte)'\n', (byte)'\f', (byte)'\r', (byte)' ', 0x80, 0xFF]);

    private readonly MendingReader _values = new(rules);
    private readonly long _maxWork = file.Length + (1 << 20);
    private long _work;

    public void Find()
    {
        using var content = new FileRange(file, 0, file.Length);
        using var lexer = new Lexer(content);
        for (long offset = 0; ; offset += PdfFile.Window - Before - After)
        {
            Find(lexer, offset);
            if (offset + PdfFile.Window >= file.Length)
                break;
        }
    }

    /// <summary>Those that begin in this window and not in the next: each is seen once.</summary>
    private void Find(Lexer lexer, long offset)
    {
        var piece = file.At(offset, PdfFile.Window);
        var end = offset + PdfFile.Window < file.Length ? PdfFile.Window - After : piece.Length;
        for (var at = offset == 0 ? 0 : Before; MendingWords.IndexIn(piece[at..]) is >= 0 and var next;)
        {
            at += next;
            if (at >= end)
                break;
            var word = MendingWords.At(piece[at..]);
            if (IsHidden(piece, at, word, offset))
                Judge(lexer, offset + at + word.Length);
            at += word.Length;
        }
    }

    private bool IsHidden(ReadOnlySpan<byte> piece, int at, ReadOnlySpan<byte> word, long offset)
    {
        var behind = piece[(at + word.Length)..];
        if (!behind.IsEmpty && Characters.IsRegular(behind[0]) && !WhiteSpace.Contains(behind[0]))
            return false;
        return !MendingWords.IsObject(word) || (MayFollowNumbers(piece[..at]) && starts.Find(offset + Header(piece, at)) is null);
    }

    private void Judge(Lexer lexer, long offset)
    {
        lexer.MoveTo(offset);
        lexer.Next();
        _values.Read(lexer);
        if (lexer.IsKeyword("stream") && (rules.Entries.IsObjectStream || rules.Entries.Type == Word.XRef))
            inspector.Break(Rules.PdfEmbeddedFile, offset, "an object stream hidden in something else");
        _work += Math.Max(LeastWork, lexer.Offset - offset);
        if (_work <= _maxWork)
            return;
        inspector.Break(Rules.TooComplex, offset, "too much that looks like hidden objects");
        throw inspector.Broken(offset, "too much that looks like hidden objects");
    }

    /// <summary>A number stands before it, or a line ended, and with it perhaps a comment behind a number.</summary>
    private static bool MayFollowNumbers(ReadOnlySpan<byte> before)
    {
        var text = before[..(before.LastIndexOfAnyExcept(WhiteSpace) + 1)];
        return (!text.IsEmpty && Characters.IsDigit(text[^1])) || before[text.Length..].ContainsAny(Characters.LineEnds);
    }

    /// <returns>Where the object would begin that has its word there.</returns>
    private static int Header(ReadOnlySpan<byte> piece, int word)
    {
        var text = piece[Math.Max(0, word - Before)..word];
        var length = text.Length;
        foreach (var characters in (ReadOnlySpan<SearchValues<byte>>)[Characters.WhiteSpace, Characters.Digits, Characters.WhiteSpace, Characters.Digits])
            length = text[..length].LastIndexOfAnyExcept(characters) + 1;
        return word - text.Length + length;
    }
}
