using System.Globalization;
using System.Text;

namespace Uploader.Shared.Configuration;

/// <summary>Durations as operators write them: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>1h</c>, <c>1d</c>, <c>1w</c>, or a sum, <c>1h30m</c>.</summary>
internal static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("w", TimeSpan.FromDays(7)), ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>A number without a unit is refused: an operator of fail2ban means seconds by it, one of systemd too, one of cron minutes.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
            return false;

        while (!rest.IsEmpty)
        {
            var digits = LengthOf(rest, char.IsAsciiDigit);
            var letters = LengthOf(rest[digits..], char.IsAsciiLetter);
            if (!long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || !TryUnit(rest.Slice(digits, letters), out var unit)
                || count > (TimeSpan.MaxValue - duration) / unit)
            {
                return false;
            }

            duration += count * unit;
            rest = rest[(digits + letters)..].TrimStart();
        }

        return true;
    }

    public static string Write(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "0s";

        var text = new StringBuilder();
        foreach (var (unit, length) in Units)
        {
            var count = duration.Ticks / length.Ticks;
            duration -= count * length;
            if (count > 0)
                text.Append(count).Append(unit);
        }

        return text.ToString();
    }

    private static int LengthOf(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
            length++;
        return length;
    }

    private static bool TryUnit(ReadOnlySpan<char> name, out TimeSpan length)
    {
        foreach (var (unit, unitLength) in Units)
        {
            if (name.SequenceEqual(unit))
            {
                length = unitLength;
                return true;
            }
        }

        length = default;
        return false;
    }
}
