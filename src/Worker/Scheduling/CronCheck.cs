using Quartz;
using Uploader.Shared.Configuration;

namespace Uploader.Worker.Scheduling;

/// <summary>Asks Quartz about a cron expression before the schedule is laid, so that a wrong one is a finding of the configuration and no crash.</summary>
internal static class CronCheck
{
    /// <returns>What is wrong, or null.</returns>
    public static string? FindingOf(Recurrence recurrence, DateTimeOffset now)
    {
        if (recurrence.Cron is not { } cron)
        {
            return null;
        }

        if (!CronExpression.TryParse(cron, out var expression))
        {
            return "not a Quartz cron expression; write one such as \"0 0 3 * * ?\", or an interval such as 5m";
        }

        return expression.GetNextValidTimeAfter(now) is null ? "this cron expression never comes true" : null;
    }
}
