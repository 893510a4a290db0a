using System.Text.RegularExpressions;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>What a key looks like where it should not be. What was found is never shown.</summary>
internal static partial class Secrets
{
    private static readonly string[] Words = ["SECRET", "PASSWORD", "TOKEN"];

    public static bool HoldsKey(string text) => Key().IsMatch(text);

    /// <summary>The keys in a text, for a look into the key file only.</summary>
    public static IEnumerable<string> KeysIn(string text) => Key().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal);

    /// <summary>A variable that is a secret by its name or by its value.</summary>
    public static bool IsSecret(string name, string value) =>
        value.Length > 0 && (name == "API_KEY" || HoldsKey(value) || (name.StartsWith("UPLOADER_", StringComparison.Ordinal) && Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))));

    /// <summary>As the service makes them: 32 random bytes in base64url.</summary>
    [GeneratedRegex("fu_[A-Za-z0-9_-]{43}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
