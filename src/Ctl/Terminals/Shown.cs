using System.Globalization;

namespace Uploader.Ctl.Terminals;

/// <summary>Sizes, times and durations as people read them; programs get the numbers (<c>-o json</c>).</summary>
internal static class Shown
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    private static readonly (string Unit, TimeSpan Length)[] Spans =
        [("w", TimeSpan.FromDays(7)), ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("min", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1))];

    /// <summary><c>17 B</c>, <c>1.5 MiB</c>, <c>213 GiB</c>: three digits at least say enough.</summary>
    public static string Bytes(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        for (; Math.Abs(value) >= 1023.5 && unit < Units.Length - 1; unit++)
            value /= 1024;
        return value.ToString(unit == 0 || Math.Abs(value) >= 99.95 ? "0" : "0.#", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary><c>2026-03-09 14:05:33 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The two largest units, as systemctl(1) has them: <c>3d 4h</c>, <c>12min 7s</c>, <c>0s</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var parts = new List<string>();
        foreach (var (unit, length) in Spans)
        {
            var count = span.Ticks / length.Ticks;
            span -= count * length;
            if (count > 0)
                parts.Add($"{count}{unit}");
            if (parts.Count == 2 || (parts.Count == 1 && count == 0))
                break;
        }

        return parts.Count == 0 ? "0s" : string.Join(' ', parts);
    }

    public static string Ago(DateTimeOffset then, DateTimeOffset now) => then <= now ? $"{Span(now - then)} ago" : $"in {Span(then - now)}";
}
