using System.Collections.Concurrent;
using System.Text;

namespace Uploader.Shared.Journal;

/// <summary>The journal field a log property becomes: <c>FreeBytes</c> is <c>UPLOADER_FREE_BYTES</c>.</summary>
internal static class FieldName
{
    /// <summary>systemd's own limit (<c>journal_field_valid</c>); a longer name loses the field without a word.</summary>
    public const int MaxLength = 64;

    // The prefix is also a guard: no property can become MESSAGE, PRIORITY or a trusted field that begins with an underscore.
    private const string Prefix = "UPLOADER_";

    // Names come from templates in the code, so there are few; the bound holds should a scope ever bring names from outside.
    private const int MostNamesKept = 1_000;
    private static readonly ConcurrentDictionary<string, string> Known = new();

    public static string Of(string property)
    {
        if (Known.TryGetValue(property, out var known))
        {
            return known;
        }

        var name = Compose(property);
        if (Known.Count < MostNamesKept)
        {
            Known.TryAdd(property, name);
        }

        return name;
    }

    private static string Compose(string property)
    {
        var name = new StringBuilder(Prefix, MaxLength);
        for (var i = 0; i < property.Length && name.Length < MaxLength; i++)
        {
            if (BeginsWord(property, i))
            {
                name.Append('_');
            }

            if (name.Length < MaxLength)
            {
                name.Append(char.IsAsciiLetterOrDigit(property[i]) ? char.ToUpperInvariant(property[i]) : '_');
            }
        }

        return name.ToString();
    }

    private static bool BeginsWord(string property, int i)
    {
        if (i == 0 || !char.IsAsciiLetterUpper(property[i]))
        {
            return false;
        }

        var before = property[i - 1];
        var endsAcronym = char.IsAsciiLetterUpper(before) && i + 1 < property.Length && char.IsAsciiLetterLower(property[i + 1]);
        return char.IsAsciiLetterLower(before) || char.IsAsciiDigit(before) || endsAcronym;
    }
}
