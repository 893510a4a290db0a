using System.Globalization;
using LiteDB;
using Uploader.Shared.Bans;

namespace Uploader.Shared.Ledger;

/// <summary>The end of a ban that somebody wrote by hand.</summary>
internal static class ManualEnd
{
    /// <summary>
    /// <paramref name="until"/>: Unix milliseconds, a date, <c>"2026-03-01T12:00:00Z"</c>. <paramref name="duration"/>: seconds, <c>"10m"</c>, <c>"1d"</c>, <c>-1</c> for ever.
    /// Null when neither can be read.
    /// </summary>
    public static long? Of(BsonValue until, BsonValue duration, long fromMs)
    {
        if (until.IsNumber || until.IsDateTime)
            return Bson.Long(until);
        if (until.IsString && DateTimeOffset.TryParse(until.AsString, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return date.ToUnixTimeMilliseconds();
        if (duration.IsNumber)
            return InSeconds(fromMs, duration.AsDouble);
        if (duration.IsString && TryParseSeconds(duration.AsString.AsSpan().Trim(), out var seconds))
            return InSeconds(fromMs, seconds);
        return null;
    }

    private static long InSeconds(long fromMs, double seconds) =>
        Ban.End(fromMs, seconds >= 0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null);

    private static bool TryParseSeconds(ReadOnlySpan<char> text, out double seconds)
    {
        var unit = text.IsEmpty ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 7 * 86400, _ => 0 };
        var isNumber = double.TryParse(unit == 0 ? text : text[..^1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds);
        seconds *= unit == 0 ? 1 : unit;
        return isNumber;
    }
}
