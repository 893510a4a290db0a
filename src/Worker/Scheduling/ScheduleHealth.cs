using System.Globalization;

namespace Uploader.Worker.Scheduling;

/// <summary>Judges whether the schedule still does its work.</summary>
internal static class ScheduleHealth
{
    /// <returns>A sentence about the first job that is stuck, or null when none is.</returns>
    public static string? StallOf(IEnumerable<JobRun> runs, TimeSpan now) => runs.Select(run => StallOf(run, now)).FirstOrDefault(stall => stall is not null);

    /// <summary>The schedule in a few words, for <c>systemctl status</c>.</summary>
    public static string Describe(IReadOnlyCollection<JobRun> runs, TimeSpan now)
    {
        if (StallOf(runs, now) is { } stall)
        {
            return "stalled: " + stall;
        }

        var failing = runs.Where(run => run.Outcome == JobOutcome.Failed).Select(run => run.Job.Name).ToList();
        return failing.Count == 0 ? "all jobs on time" : $"{string.Join(", ", failing)} failed at the last run, the other jobs are on time";
    }

    private static string? StallOf(JobRun run, TimeSpan now)
    {
        if (run is { IsRunning: true, Started: { } started })
        {
            return now - started > run.Job.Patience ? $"{run.Job.Name} has been running for {Seconds(now - started)} s" : null;
        }

        return now > run.Due && now - run.Due > run.Job.Patience ? $"{run.Job.Name} was due {Seconds(now - run.Due)} s ago and has not started" : null;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
