using System.Buffers;
using System.Text;

namespace Uploader.Shared.Storage;

/// <summary>
/// A path fit for a log line. Names in the tree may be an attacker's: any bytes but <c>/</c> and NUL, not even UTF-8. What could forge a
/// line, reorder it or hide in it is written <c>\x1b</c> or <c>\u202e</c>, a backslash <c>\\</c>, so that two paths never look alike by it.
/// </summary>
internal static class DisplayPath
{
    // A chain of 10,000 folders has a path of megabytes: the log gets its two ends.
    private const int Longest = 1024;
    private const string Cut = "\u2026";

    public static string Of(string path) => Of(Encoding.UTF8.GetBytes(path));

    public static string Of(ReadOnlySpan<byte> path)
    {
        if (path.Length <= Longest)
            return Escape(path);
        return Escape(path[..(Longest / 2)]) + Cut + Escape(path[^(Longest / 2)..]);
    }

    private static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var isRune = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            if (!isRune)
                text.Append($"\\x{bytes[0]:x2}");
            else if (rune.Value == '\\')
                text.Append("\\\\");
            else if (Glyphs.AreShown(rune))
                text.Append(rune.ToString());
            else if (rune.Value <= 0xFF)
                text.Append($"\\x{rune.Value:x2}");
            else
                text.Append($"\\u{rune.Value:x4}");
            bytes = bytes[(isRune ? length : 1)..];
        }

        return text.ToString();
    }
}
