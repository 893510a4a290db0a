using System.Globalization;
using Uploader.Shared.Configuration;

namespace Uploader.Shared.Keys;

/// <summary>
/// How the end of a key is written: a date, which is the last day it is good for, in UTC, or an instant (RFC 3339). The value is the first instant at
/// which it is no longer good.
/// </summary>
internal static class KeyExpiry
{
    public const string OptionName = "expires";

    private const string Date = "yyyy-MM-dd";
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string InstantWithOffset = "yyyy-MM-dd'T'HH:mm:sszzz";

    public static Syntax<DateTimeOffset> Syntax { get; } = new(
        "a date such as 2027-01-31, the last day in UTC, or an instant such as 2027-01-31T18:00:00Z", TryParse, Write);

    public static bool TryParse(string text, out DateTimeOffset end)
    {
        if (DateOnly.TryParseExact(text, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            end = day == DateOnly.MaxValue ? default : new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            return end != default;
        }

        return DateTimeOffset.TryParseExact(
            text, [Instant, InstantWithOffset], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out end);
    }

    public static string Write(DateTimeOffset end) => end.UtcDateTime.TimeOfDay == TimeSpan.Zero && end.UtcDateTime > DateTime.MinValue
        ? end.UtcDateTime.AddDays(-1).ToString(Date, CultureInfo.InvariantCulture)
        : end.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture);
}
