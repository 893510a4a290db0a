using System.Buffers;
using System.Text;

namespace Uploader.Shared.Storage;

/// <summary>What is kept of a client's file name, to be shown and never to be opened.</summary>
internal static class DisplayName
{
    /// <summary>In UTF-8, as a file system would allow.</summary>
    public const int LongestLength = 255;

    public const string None = "unnamed";

    /// <summary>
    /// The last component for either kind of slash, at most 255 bytes of UTF-8 cut at a character's boundary with the extension
    /// kept. Controls, line separators and lone surrogates become U+FFFD, so that one sees there was something; bidi controls and
    /// zero-width characters go, they have nothing to see. Never empty, never only dots and blanks.
    /// </summary>
    public static string Of(string name)
    {
        var kept = Shorten(Shown(LastComponent(name))).TrimEnd();
        return kept.AsSpan().ContainsAnyExcept(" .") ? kept : None;
    }

    public static ReadOnlySpan<char> LastComponent(string name) => name.AsSpan(name.AsSpan().LastIndexOfAny('/', '\\') + 1);

    private static string Shown(ReadOnlySpan<char> name)
    {
        var text = new StringBuilder(name.Length);
        while (!name.IsEmpty)
        {
            // A lone surrogate decodes as U+FFFD.
            Rune.DecodeFromUtf16(name, out var rune, out var length);
            if (Glyphs.IsControl(rune))
                text.Append('\uFFFD');
            else if (!Glyphs.IsInvisible(rune))
                text.Append(rune.ToString());
            name = name[length..];
        }

        return text.ToString().Trim();
    }

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= LongestLength)
            return name;

        var tail = Extension.Of(name) is { } extension ? name[^(extension.Length + 1)..] : "";
        return Start(name[..^tail.Length], LongestLength - tail.Length) + tail;
    }

    private static string Start(string name, int bytes)
    {
        Span<byte> utf8 = stackalloc byte[LongestLength];
        // Stops before the rune that would not fit.
        _ = System.Text.Unicode.Utf8.FromUtf16(name, utf8[..bytes], out var read, out _);
        return name[..read];
    }
}
