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

    /// <summary>A web page, an address, or a place beside the document or in it.</summary>
    public static bool IsLinkable(string target)
    {
        var clean = Clean(target);
        if (IsShare(clean))
            return false;
        return SchemeOf(clean) is not { } scheme || Linkable.Contains(scheme);
    }

    /// <summary>On the reader's own machine: following it asks nobody else. A path with a drive or a folder's name, as Word writes it on Windows and on a Mac.</summary>
    public static bool IsLocal(string target)
    {
        var clean = Clean(target);
        if (IsShare(clean))
            return false;
        switch (SchemeOf(clean))
        {
            case null:
                return true;
            case { Length: 1 } or "Macintosh%20HD" or "MacintoshHD":
                return true;
            case var scheme when !scheme.Equals("file", StringComparison.OrdinalIgnoreCase):
                return false;
        }

        var path = clean.AsSpan("file:".Length);
        if (path.StartsWith("//localhost/", StringComparison.OrdinalIgnoreCase))
            path = path["//localhost".Length..];
        else if (path.StartsWith("///", StringComparison.Ordinal))
            path = path[2..];
        else
            return path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':';
        return path.Length > 1 && path[1] is not ('/' or '\\' or '%');
    }

    /// <summary>Inside the package.</summary>
    public static bool IsInside(string target) => Clean(target) is var clean && !IsShare(clean) && SchemeOf(clean) is null;

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

    /// <summary>Without what browsers leave out of a link before they read it.</summary>
    private static string Clean(string target) => string.Concat(target.Where(c => c > ' ' && c is not '\u007F' and not '\u00A0' and not '\u200B' and not '\uFEFF'));

    /// <summary>A host's name after two slashes of whatever kind: a reader would sign in there, with the name and password hash of its user.</summary>
    private static bool IsShare(string clean) =>
        (clean.Length > 1 && clean[0] is '/' or '\\' && clean[1] is '/' or '\\')
        || clean.StartsWith("%5c", StringComparison.OrdinalIgnoreCase) || clean.StartsWith("%2f%2f", StringComparison.OrdinalIgnoreCase);

    private static string? SchemeOf(string clean)
    {
        var end = clean.AsSpan().IndexOfAny(":/?#\\");
        return end >= 0 && clean[end] == ':' ? clean[..end] : null;
    }
}
