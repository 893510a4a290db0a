using System.Buffers;
using System.Text;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// The forms of script that a server or a browser would run, each with enough beside it that random bytes and honest text do not have it. The figure at each is
/// in how many MiB of random bytes it stands once, by its bits: 8 a byte, 7 a letter of any case, 1.4 a byte of text; 2^20 bytes are a MiB.
/// </summary>
internal static class ScriptTells
{
    /// <summary>How many bytes are looked at from the first on.</summary>
    public const int Reach = 512;

    // In front of an ASP page's end, in an echo without an end, and behind an event handler's "=".
    private const int ShortCode = 14;
    private const int LongEcho = 20;
    private const int ShortEcho = 9;
    private const int MostEcho = 64;
    private const int MostLeftOut = 8;
    private const int HandlerCode = 8;
    private const int HtmlContent = 8;
    private const int HtmlTell = 6 + HtmlContent;

    private static readonly SearchValues<byte> BeforeAttribute = SearchValues.Create(" \t\r\n\f/\"'"u8);
    private static readonly SearchValues<byte> TagNameEnd = SearchValues.Create(" \t\r\n\f/>"u8);
    private static readonly SearchValues<byte> PhpSpace = SearchValues.Create(" \t\r\n"u8);
    private static readonly SearchValues<byte> OfCode = SearchValues.Create("$`('\" \t\r\n"u8);
    private static readonly SearchValues<byte> NoText = SearchValues.Create(Enumerable.Range(0, 256).Select(b => (byte)b).Where(b => !IsText(b)).ToArray());

    // What does not stand between the "<" and the ">" of a tag.
    private static readonly SearchValues<byte> NoTag = SearchValues.Create(
        [(byte)'<', (byte)'>', 0x7F, .. Enumerable.Range(0, ' ').Select(b => (byte)b).Where(b => !IsText(b))]);

    /// <param name="text">From a "&lt;", "#" or "_" on.</param>
    /// <param name="tell">What it is.</param>
    public static Likeness Judge(ReadOnlySpan<byte> text, out string tell)
    {
        tell = "";
        if (text.Length < 2)
            return Likeness.Open;
        return text[1] == 0 && text[0] == '<' ? JudgeWide(text, out tell) : JudgeBytes(text, out tell);
    }

    private static Likeness JudgeWide(ReadOnlySpan<byte> text, out string tell)
    {
        // UTF-16 in either order: from a "<" on every other byte is zero. What a further "<" begins is looked at on its own.
        Span<byte> narrow = stackalloc byte[Reach / 2];
        var count = 0;
        while (2 * count + 1 < text.Length && text[2 * count + 1] == 0 && (count < HtmlTell || text[2 * count] != '<'))
        {
            narrow[count] = text[2 * count];
            count++;
        }

        var likeness = JudgeBytes(narrow[..count], out tell);
        return likeness == Likeness.Open && 2 * count + 1 < text.Length ? Likeness.None : likeness;
    }

    private static Likeness JudgeBytes(ReadOnlySpan<byte> text, out string tell)
    {
        if (text.Length < 2)
        {
            tell = "";
            return Likeness.Open;
        }

        switch (text[0], text[1])
        {
            case ((byte)'#', (byte)'!'):
                // 2^33 ("#!/bin/", 53 bits; in each case as written).
                tell = "a shell script's first line";
                return (Likeness)Math.Max((int)Begins(text, "#!/bin/"u8), (int)Begins(text, "#!/usr/bin/"u8));
            case ((byte)'<', (byte)'?'):
                return Php(text, out tell);
            case ((byte)'_', (byte)'h' or (byte)'H'):
                tell = "the end of a phar's stub";
                return Phar(text);
            case ((byte)'<', (byte)'%'):
                tell = "an ASP or JSP page";
                return Asp(text[2..]);
            case ((byte)'<', (byte)'!'):
                // Beyond any (108 bits).
                tell = "an HTML document type";
                return BeginsIgnoringCase(text, "<!doctype html"u8);
            case ((byte)'<', var letter) when char.IsAsciiLetter((char)letter):
                return Tag(text, out tell);
            default:
                tell = "";
                return Likeness.None;
        }
    }

    private static Likeness Php(ReadOnlySpan<byte> text, out string tell)
    {
        tell = "a PHP open tag";
        if (text.Length > 2 && text[2] == '=')
            return Echo(text[3..]);

        // 2^23, the one that chance could meet in some 8 TiB. Whatever more was asked for here, PHP would not need it: all bytes can follow in a comment, a
        // string or a name.
        var open = BeginsIgnoringCase(text, "<?php"u8);
        return open != Likeness.Tell ? open : text.Length == 5 ? Likeness.Open : PhpSpace.Contains(text[5]) ? Likeness.Tell : Likeness.None;
    }

    // Beyond any (121 bits). By it PHP finds an archive in any file, and its own parser takes it in any case and with white space.
    private static Likeness Phar(ReadOnlySpan<byte> text)
    {
        var name = BeginsIgnoringCase(text, "_halt_compiler"u8);
        if (name != Likeness.Tell)
            return name;
        text = text["_halt_compiler".Length..];
        foreach (var sign in "();"u8)
        {
            text = text.TrimStart(" \t\r\n"u8);
            if (text.IsEmpty)
                return Likeness.Open;
            if (text[0] != sign)
                return Likeness.None;
            text = text[1..];
        }

        return Likeness.Tell;
    }

    // 2^30 (51 bits), and the same for the short one with its end; 2^25 (45 bits) for one of a string. A quantization table is text as well (Google's has "<?=" and a row of ">"), but no table has
    // what all code has that does anything.
    private static Likeness Echo(ReadOnlySpan<byte> code)
    {
        Span<byte> bare = stackalloc byte[MostEcho];
        bare = bare[..Bare(code, bare, out var leftOut)];
        // What was left out has signs of its own, which make up for what is short.
        var likeness = EchoOf(bare, leftOut > 0 ? 1 : ShortEcho);
        // What reads as a comment may be in a string.
        return (Likeness)Math.Max((int)EchoOf(code, ShortEcho), (int)likeness);
    }

    private static Likeness EchoOf(ReadOnlySpan<byte> code, int shortest)
    {
        var run = TextRun(code, MostEcho);
        var text = code[..run];
        var end = text.IndexOf("?>"u8);
        if (end >= 0)
            return end >= shortest && text[..end].ContainsAny(OfCode) ? Likeness.Tell : Likeness.None;
        if (run >= LongEcho && text.ContainsAny(OfCode))
            return Likeness.Tell;
        return run == code.Length && run < MostEcho ? Likeness.Open : Likeness.None;
    }

    /// <summary>
    /// Leaves out what stands in PHP's comments and between its quotes, where any byte may: of as many as somebody would write. Up to the tag's end, or to another tag, which is
    /// looked at on its own.
    /// </summary>
    /// <returns>How many bytes are known of the rest.</returns>
    private static int Bare(ReadOnlySpan<byte> code, Span<byte> bare, out int leftOut)
    {
        var count = 0;
        leftOut = 0;
        while (count < bare.Length && leftOut <= MostLeftOut && code is not ([] or [(byte)'/'] or [(byte)'<', (byte)'?', ..]) && !bare[..count].EndsWith("?>"u8))
        {
            var length = OpaqueLength(code);
            if (length < 0)
                break;
            if (length > 0)
                leftOut++;
            if (length == 0 || IsQuote(code[0]))
                bare[count++] = code[0];
            code = code[Math.Max(1, length)..];
        }

        return count;
    }

    /// <returns>Of a comment or a string; 0: there is none; negative: its end is not known.</returns>
    private static int OpaqueLength(ReadOnlySpan<byte> code) => code switch
    {
        [(byte)'/', (byte)'*', .. var rest] => rest.IndexOf("*/"u8) is >= 0 and var end ? 2 + end + 2 : -1,
        [(byte)'#', ..] or [(byte)'/', (byte)'/', ..] => code.IndexOfAny("\r\n"u8) is >= 0 and var end ? end + 1 : -1,
        [var quote, ..] when IsQuote(quote) => StringLength(code),
        _ => 0,
    };

    private static int StringLength(ReadOnlySpan<byte> code)
    {
        for (var at = 1; at < code.Length && code[at..].IndexOfAny(code[0], (byte)'\\') is >= 0 and var next; at += 2)
        {
            at += next;
            if (code[at] == code[0])
                return at + 1;
        }

        return -1;
    }

    private static bool IsQuote(byte b) => b is (byte)'"' or (byte)'\'' or (byte)'`';

    // 2^30 (51 bits). Both servers need the end, and an honest "<%" has none.
    private static Likeness Asp(ReadOnlySpan<byte> code)
    {
        var known = 0;
        while (code[known..].IndexOf((byte)'%') is >= 0 and var next)
        {
            known += next;
            // Another page begins, which is looked at on its own: so no byte is looked at for more than one page.
            if (known > 0 && code[known - 1] == '<')
                return Likeness.None;
            if (known + 1 == code.Length)
                break;
            if (code[known + 1] == '>')
                return known >= ShortCode && TextRun(code, known) == known ? Likeness.Tell : Likeness.None;
            known++;
        }

        return Likeness.Open;
    }

    private static Likeness Tag(ReadOnlySpan<byte> text, out string tell)
    {
        var end = text[1..].IndexOfAny(NoTag) + 1;
        var tag = end > 0 ? text[..end] : text;
        var nameEnd = text[..Math.Min(text.Length, tag.Length + 1)].IndexOfAny(TagNameEnd);
        tell = "an HTML or SVG script";
        if (nameEnd < 0)
            return end > 0 ? Likeness.None : Likeness.Open;

        var name = tag[1..nameEnd];
        name = name[(name.LastIndexOf((byte)':') + 1)..];
        // 2^35 (55 bits) each.
        if (Ascii.EqualsIgnoreCase(name, "script"u8) || Ascii.EqualsIgnoreCase(name, "iframe"u8))
            return Likeness.Tell;
        if (Ascii.EqualsIgnoreCase(name, "html"u8))
        {
            // 2^32 (52 bits).
            tell = "an HTML document";
            return Text(text[(nameEnd + 1)..], HtmlContent);
        }

        var attributes = Attributes(text, nameEnd, tag.Length, out tell);
        return attributes != Likeness.None ? attributes : end > 0 ? Likeness.None : Likeness.Open;
    }

    private static Likeness Attributes(ReadOnlySpan<byte> text, int nameEnd, int tagEnd, out string tell)
    {
        var isOpen = false;
        for (var at = nameEnd; text[at..tagEnd].IndexOf((byte)'=') is >= 0 and var next; at++)
        {
            at += next;
            // Beyond any (90 bits).
            tell = "a script's URL";
            var url = text[(at + 1)..];
            if (BeginsIgnoringCase(url.TrimStart("\"' "u8), "javascript:"u8) is var script and not Likeness.None)
            {
                if (script == Likeness.Tell)
                    return script;
                isOpen = true;
            }

            // 2^31 (52 bits): the tag's 10, less 3 for wherever in it the handler stands, the handler's 34, and 11 of the code behind it.
            tell = "an HTML or SVG event handler";
            if (IsHandler(text[nameEnd..at]) && Text(url, HandlerCode) is var handler and not Likeness.None)
            {
                if (handler == Likeness.Tell)
                    return handler;
                isOpen = true;
            }
        }

        tell = "";
        return isOpen ? Likeness.Open : Likeness.None;
    }

    /// <summary>Whether it ends in the name of an event's handler, all of which are "on" and three letters or more.</summary>
    private static bool IsHandler(ReadOnlySpan<byte> attributes)
    {
        const int LongestName = 40;
        attributes = attributes.TrimEnd(" \t\r\n\f"u8);
        var before = attributes.Length - 1;
        while (before >= 0 && char.IsAsciiLetter((char)attributes[before]) && attributes.Length - before <= LongestName)
            before--;
        return before >= 0 && attributes.Length - before > "onend"u8.Length && BeforeAttribute.Contains(attributes[before])
            && BeginsIgnoringCase(attributes[(before + 1)..], "on"u8) == Likeness.Tell;
    }

    private static Likeness Text(ReadOnlySpan<byte> text, int length)
    {
        var run = TextRun(text, length);
        return run == length ? Likeness.Tell : run == text.Length ? Likeness.Open : Likeness.None;
    }

    /// <summary>How many bytes of text it begins with, so many at most.</summary>
    private static int TextRun(ReadOnlySpan<byte> bytes, int most)
    {
        var looked = bytes[..Math.Min(bytes.Length, most)];
        var end = looked.IndexOfAny(NoText);
        return end < 0 ? looked.Length : end;
    }

    private static Likeness Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tell)
    {
        var known = Math.Min(text.Length, tell.Length);
        return !text[..known].SequenceEqual(tell[..known]) ? Likeness.None : known == tell.Length ? Likeness.Tell : Likeness.Open;
    }

    private static Likeness BeginsIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tell)
    {
        var known = Math.Min(text.Length, tell.Length);
        return !Ascii.EqualsIgnoreCase(text[..known], tell[..known]) ? Likeness.None : known == tell.Length ? Likeness.Tell : Likeness.Open;
    }

    private static bool IsText(byte b) => b is >= (byte)' ' and <= (byte)'~' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
