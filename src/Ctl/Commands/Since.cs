using System.CommandLine;
using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Commands;

/// <summary>The option <c>--since</c>: how far to look back, as a duration or as a date.</summary>
internal static class Since
{
    /// <param name="what">What is left out when it is older: "Only uploads".</param>
    public static Option<string?> Option(string what) => new("--since")
    {
        Description = $"{what} since then: a duration such as 90m, 1d or 2w, or a date (UTC) such as 2026-03-09.",
        HelpName = "TIME",
    };

    /// <summary>Null when the option was not given.</summary>
    /// <exception cref="NotDoneException">It is no time.</exception>
    public static DateTimeOffset? Of(string? text, DateTimeOffset now)
    {
        if (text is null)
            return null;
        if (Duration.TryParse(text, out var duration) && duration < now - DateTimeOffset.UnixEpoch)
            return now - duration;
        return Words.TryTime(text, out var moment)
            ? moment
            : throw new NotDoneException($"--since {text}: write a duration such as 90m, 1d or 2w, or a date such as 2026-03-09", ExitStatus.Usage);
    }
}
