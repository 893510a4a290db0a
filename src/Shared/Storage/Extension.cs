namespace Uploader.Shared.Storage;

/// <summary>The last extension of what a client called its file: <c>jpg</c> of <c>a.PNG.JPG</c>.</summary>
internal static class Extension
{
    public const int LongestLength = 16;

    /// <summary>
    /// Lower-case, without the dot; null when there is none of 1 to 16 ASCII letters and digits. What a web server might yet read as
    /// something else (<c>php.</c>, <c>php </c>, <c>php::$DATA</c>, a Kelvin sign for a k) has none.
    /// </summary>
    public static string? Of(string name)
    {
        var last = DisplayName.LastComponent(name);
        var extension = last[(last.LastIndexOf('.') + 1)..];
        if (extension.Length == last.Length || extension.Length is 0 or > LongestLength)
            return null;

        foreach (var c in extension)
        {
            if (!char.IsAsciiLetterOrDigit(c))
                return null;
        }

        return extension.ToString().ToLowerInvariant();
    }
}
