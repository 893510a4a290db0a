using Microsoft.Extensions.Hosting;
using Quartz;

namespace Uploader.Worker.Scheduling;

/// <summary>Holds the triggers of all jobs: lays them at start, and lays them anew when the clock was stepped.</summary>
internal sealed class Timetable(IReadOnlyList<ScheduledJob> jobs, JobRuns runs, ISchedulerFactory schedulers, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => await Lay(jobs, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// After a step of the wall clock. A calendar time the clock jumped over stays as it is: Quartz finds it missed and makes up for it once.
    /// Set back, the clock would have everything wait for the times laid before.
    /// </summary>
    public async Task LayAnew(TimeSpan step, CancellationToken cancellationToken)
    {
        runs.ClockStepped();
        await Lay(jobs.Where(job => job.Recurrence.Cron is null || step < TimeSpan.Zero), cancellationToken);
    }

    private async Task Lay(IEnumerable<ScheduledJob> these, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var job in these)
        {
            await scheduler.ScheduleTrigger(TriggerOf(job), TriggerConflict.Replace, cancellationToken);
        }
    }

    private ITrigger TriggerOf(ScheduledJob job)
    {
        var trigger = TriggerBuilder.Create(time).WithIdentity(job.Name).ForJob(new JobKey(job.Name));
        return job.Recurrence.Interval is { } interval
            ? trigger.StartAt(time.GetUtcNow() + UntilDue(job)).WithSchedule(Every(interval)).Build()
            : trigger.WithSchedule(By(job.Recurrence.Cron!)).Build();
    }

    // What is left of the interval by the monotonic clock, so that steps, however many, neither hurry a job nor put it off.
    private TimeSpan UntilDue(ScheduledJob job)
    {
        var left = runs.Of(job.Name).Due - time.Monotonic();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // From the end of a run: a sweep that takes longer than its interval leaves the disk alone for that long.
    private static SimpleScheduleBuilder Every(TimeSpan interval) => SimpleScheduleBuilder.Create()
        .WithInterval(interval)
        .RepeatForever()
        .MeasureIntervalFromCompletion(true)
        .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount);

    private static CronScheduleBuilder By(string cron) => CronScheduleBuilder.Create(cron)
        .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);
}
