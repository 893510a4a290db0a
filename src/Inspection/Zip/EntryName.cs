using System.Buffers;
using System.Text;

namespace Uploader.Inspection.Zip;

/// <summary>
/// An entry's name: a relative path that means the same to whoever unpacks the file, on every system. OPC wants ASCII (ISO/IEC 29500-2, 6.2.2); names in UTF-8
/// are taken too, because writers in the far east make them.
/// </summary>
internal static class EntryName
{
    private const int MaxLength = 255;

    /// <summary>Controls, what turns the direction of text or is not seen, and what is no name's on Windows.</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c),
        .. "\u00AD\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF\uFFFD",
        .. "\\<>:\"|?*",
    ]);

    public static string Judge(ReadOnlySpan<byte> raw, long offset, Inspector inspector)
    {
        if (raw.Length is 0 or > MaxLength)
            inspector.Break(Rules.DocxNames, offset, $"a name of {raw.Length} bytes");
        // What is no UTF-8 becomes U+FFFD, and is found by it.
        var name = Encoding.UTF8.GetString(raw);
        if (FlawOf(name) is { } flaw || (name.Contains('%') && (flaw = FlawOf(Uri.UnescapeDataString(name))) is not null))
            inspector.Break(Rules.DocxNames, offset, flaw);
        return name;
    }

    /// <summary>Two names with the same key are one part (ISO/IEC 29500-2, 6.3.5), or one file for some systems. Compared without regard to case.</summary>
    public static string KeyOf(string name) =>
        (name.Contains('%') ? Uri.UnescapeDataString(name) : name).TrimEnd('/');

    private static string? FlawOf(ReadOnlySpan<char> name)
    {
        if (name.ContainsAny(Forbidden))
            return "a name with a character that is no name's";
        if (name.EndsWith('/'))
            name = name[..^1];
        foreach (var range in name.Split('/'))
        {
            var segment = name[range];
            if (segment.IsEmpty)
                return "a name that is absolute or has an empty segment";
            if (segment[^1] is '.' or ' ')
                return "a name with a segment that ends in a dot or a space";
        }

        return null;
    }
}
