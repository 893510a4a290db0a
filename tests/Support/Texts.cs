namespace Support;

internal static class Texts
{
    /// <summary>Fails when what a test wants to replace in a shipped file is no longer there, or there twice.</summary>
    public static string ReplaceOnce(this string text, string old, string replacement)
        => text.Split(old).Length == 2
            ? text.Replace(old, replacement, StringComparison.Ordinal)
            : throw new ArgumentException($"Stands there {text.Split(old).Length - 1} times: {old}", nameof(old));
}
