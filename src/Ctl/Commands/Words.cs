using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Uploader.Shared.Addresses;

namespace Uploader.Ctl.Commands;

/// <summary>How the words of a command line become values, and what is said of a word that does not.</summary>
internal static class Words
{
    private const string RangeExpected = "is neither an address nor a CIDR range such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32";

    public static Cidr Range(ArgumentResult words) =>
        Cidr.TryParse(words.Tokens[0].Value, out var range) ? range : Wrong<Cidr>(words, RangeExpected);

    public static Cidr? RangeOrNone(ArgumentResult words) =>
        Cidr.TryParse(words.Tokens[0].Value, out var range) ? range : Wrong<Cidr?>(words, RangeExpected);

    public static Cidr Address(ArgumentResult words) =>
        Cidr.TryParse(words.Tokens[0].Value, out var address) ? address : Wrong<Cidr>(words, "is not an address such as 203.0.113.7 or 2001:db8::1");

    /// <summary>As in the configuration; without a value where there is no end.</summary>
    public static BanTime? BanTime(ArgumentResult words) =>
        Commands.BanTime.TryParse(words.Tokens[0].Value, out var length) ? length : Wrong<BanTime?>(words, "is not a duration such as 10m, 1d or 2w, nor 'forever'");

    public static DateTimeOffset? Time(ArgumentResult words) =>
        TryTime(words.Tokens[0].Value, out var time) ? time : Wrong<DateTimeOffset?>(words, "is not a date such as 2026-03-01, 2026-03-01T12:00 or 2026-03-01T12:00:00+01:00");

    public static int Count(ArgumentResult words) =>
        int.TryParse(words.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : Wrong<int>(words, "is not a number above 0");

    /// <summary>ISO 8601, with or without a time; UTC where no offset is written.</summary>
    public static bool TryTime(string text, out DateTimeOffset time)
    {
        var isDate = text.Length >= 10 && char.IsAsciiDigit(text[0]) && text[4] == '-';
        time = default;
        return isDate && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static T? Wrong<T>(ArgumentResult words, string expected)
    {
        words.AddError($"'{words.Tokens[0].Value}' {expected}");
        return default;
    }
}
