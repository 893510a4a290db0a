using System.Buffers;
using System.Collections.Frozen;

namespace Uploader.Inspection.Docx;

/// <summary>Where the target of a relationship lies.</summary>
internal static class Targets
{
    /// <summary>What opens in a browser, a mail program or a telephone; nothing that names a file or runs something.</summary>
    private static readonly FrozenSet<string> Linkable = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "http", "https", "ftp", "ftps", "sftp", "mailto", "tel", "sms", "fax", "callto", "sip", "sips", "skype", "xmpp", "irc", "ircs", "news", "nntp", "geo",
        "webcal", "urn", "doi", "about");

    private static readonly SearchValues<char> LeftOut = SearchValues.Create([.. Enumerable.Range(0, ' ' + 1).Select(c => (char)c), '\u007F', '\u00A0', '\u200B', '\uFEFF']);

    /// <summary>A web page, an address, or a place beside the document or in it.</summary>
    public static bool IsLinkable(string target) => !IsShare(Plain(target)) && (SchemeOf(Clean(target)) is not { } scheme || Linkable.Contains(scheme));

    /// <summary>
    /// On the reader's own machine: following it asks nobody else. A path with a drive or a folder's name, as Word writes it on Windows and on a Mac. What could
    /// be anything else is not.
    /// </summary>
    public static bool IsLocal(string target)
    {
        var path = PathOf(target, out var isUrl);
        var rest = path.TrimStart('/');
        var slashes = path.Length - rest.Length;
        // A path that begins anew with two slashes is a share for some reader.
        if (rest.Contains("//", StringComparison.Ordinal))
            return false;
        if (rest.Length > 2 && char.IsAsciiLetter(rest[0]) && rest[1] == ':' && rest[2] == '/')
            return isUrl || slashes < 2;
        // "/./" and "/??/" are where Windows keeps its devices, the network among them.
        var isDevice = slashes > 0 && (rest.StartsWith('.') || rest.StartsWith('?'));
        if (isUrl)
            return slashes == 3 && rest.Length > 0 && !isDevice;
        return slashes < 2 && !isDevice && SchemeOf(rest) is null or "MacintoshHD";
    }

    /// <summary>
    /// The template of Word for Mac, as it writes it, with a slash too many. On Windows that is a share of a host by the name of Users, which no file from outside can
    /// put there: a name without a dot is asked for in the reader's own network only.
    /// </summary>
    public static bool IsMacTemplate(string target)
    {
        var segments = PathOf(target, out var isUrl).Split('/');
        return isUrl && segments is ["", "", "", "", "Users", _, "Library", _, ..] && !segments.AsSpan(4).ContainsAny("", ".", "..");
    }

    /// <summary>Inside the mail that a text was pasted from (RFC 2392), which is nowhere now: Outlook leaves that beside the picture itself.</summary>
    public static bool IsInMail(string target) => SchemeOf(Clean(target)) is { } scheme && scheme.Equals("cid", StringComparison.OrdinalIgnoreCase);

    /// <summary>Inside the package.</summary>
    public static bool IsInside(string target) => !IsShare(Plain(target)) && SchemeOf(Clean(target)) is null;

    /// <summary>The part that a relationship of another part names (ISO/IEC 29500-2, 6.5); null: none that could be.</summary>
    /// <param name="source">The name of the part that has the relationship; empty: the package.</param>
    /// <param name="target">As it is written.</param>
    public static string? Resolve(string source, string target)
    {
        if (target.Length > 512)
            return null;
        var segments = new List<string>();
        if (!target.StartsWith('/'))
            segments.AddRange(source.Split('/')[..^1]);
        foreach (var segment in target.Split('#')[0].Split('/'))
        {
            if (segment == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("" or "." or ".."))
                segments.Add(segment);
        }

        return string.Join('/', segments);
    }

    /// <param name="target">As it is written.</param>
    /// <param name="isUrl">The scheme of files stood in front of it: then it is three slashes that mean this machine.</param>
    private static string PathOf(string target, out bool isUrl)
    {
        const string Scheme = "file:", Here = "//localhost/";
        var path = Plain(target);
        isUrl = path.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        if (!isUrl)
            return path;
        path = path[Scheme.Length..];
        return path.StartsWith(Here, StringComparison.OrdinalIgnoreCase) ? "///" + path[Here.Length..] : path;
    }

    /// <summary>Without escapes, as careless readers take them away twice, and with slashes of one kind.</summary>
    private static string Plain(string target) => Clean(Uri.UnescapeDataString(Uri.UnescapeDataString(Clean(target)))).Replace('\\', '/');

    /// <summary>Without what browsers leave out of a link before they read it.</summary>
    private static string Clean(string target) => target.AsSpan().ContainsAny(LeftOut) ? string.Concat(target.Where(c => !LeftOut.Contains(c))) : target;

    /// <summary>A host's name after two slashes of whatever kind, or a device's: a reader would sign in there, with the name and password hash of its user.</summary>
    private static bool IsShare(string plain) => plain.StartsWith("//", StringComparison.Ordinal) || plain.StartsWith("/??/", StringComparison.Ordinal);

    private static string? SchemeOf(string clean)
    {
        var end = clean.AsSpan().IndexOfAny(":/?#\\");
        return end >= 0 && clean[end] == ':' ? clean[..end] : null;
    }
}
