using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Uploader.Shared.Configuration;

/// <summary>How often something happens, as operators write it: an interval (<c>30s</c>, <c>10m</c>, <c>1h</c>, <c>1d</c>) or a Quartz cron expression (<c>0 0 3 * * ?</c>).</summary>
internal sealed record Recurrence
{
    private const int MostDays = 366;
    private static readonly SearchValues<char> CronCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ*?,/#-");

    private Recurrence(string text, TimeSpan? interval)
    {
        Text = text;
        Interval = interval;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>From a second to a year, or null when <see cref="Cron"/> says when.</summary>
    public TimeSpan? Interval { get; }

    /// <summary>Six or seven fields, seconds first. Only Quartz can tell whether they make sense; the worker asks it before it starts.</summary>
    public string? Cron => Interval is null ? Text : null;

    /// <param name="text">An interval or a cron expression.</param>
    /// <param name="recurrence">What it says.</param>
    /// <param name="finding">What would be right, when it is neither.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Recurrence? recurrence, [NotNullWhen(false)] out string? finding)
    {
        text = text?.Trim() ?? "";
        if (LooksLikeInterval(text))
        {
            var interval = IntervalOf(text);
            recurrence = interval is null ? null : new Recurrence(text, interval);
            finding = interval is null ? $"an interval is between 1s and {MostDays}d" : null;
            return recurrence is not null;
        }

        recurrence = LooksLikeCron(text) ? new Recurrence(text, interval: null) : null;
        finding = recurrence is null ? "write an interval such as 30s, 10m, 1h or 1d, or a Quartz cron expression such as \"0 0 3 * * ?\"" : null;
        return recurrence is not null;
    }

    /// <summary>For defaults in code; what is read from outside goes through <see cref="TryParse"/>.</summary>
    public static Recurrence Parse(string text) =>
        TryParse(text, out var recurrence, out var finding) ? recurrence : throw new FormatException($"\"{text}\": {finding}");

    public override string ToString() => Text;

    private static bool LooksLikeInterval(string text) =>
        text.Length > 1 && text[^1] is 's' or 'm' or 'h' or 'd' or 'w' && !text.AsSpan(0, text.Length - 1).ContainsAnyExceptInRange('0', '9');

    private static TimeSpan? IntervalOf(string text)
    {
        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var seconds = count * text[^1] switch
        {
            's' => 1L,
            'm' => 60L,
            'h' => 3_600L,
            'd' => 86_400L,
            _ => 7 * 86_400L,
        };
        return seconds is >= 1 and <= MostDays * 86_400L ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static bool LooksLikeCron(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length is 6 or 7 && fields.All(field => !field.AsSpan().ContainsAnyExcept(CronCharacters));
    }
}
