using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Uploader.Worker.Scheduling;

/// <summary>Adds a schedule to a host, with everything that keeps it going.</summary>
internal static class SchedulingExtensions
{
    /// <param name="services">The host's. A job type that is registered here already keeps its lifetime; otherwise each run gets a new one.</param>
    /// <param name="jobs">The schedule.</param>
    /// <param name="time">Whose wall clock and timers the schedule follows.</param>
    public static IServiceCollection AddSchedule(this IServiceCollection services, IReadOnlyList<ScheduledJob> jobs, TimeProvider time)
    {
        services.AddSingleton(jobs);
        services.AddSingleton(new JobRuns(jobs, time));
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.UseTimeProvider(time);
            quartz.UseDefaultThreadPool(maxConcurrency: jobs.Count);
            quartz.ConfigureScheduler(o =>
            {
                o.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs;

                // How long a step of the wall clock over a calendar time can go unnoticed; a look into memory costs nothing.
                o.IdleWaitTime = TimeSpan.FromSeconds(1);
            });
            quartz.AddJobMiddleware<RecordedExecution>();
            foreach (var job in jobs)
            {
                // Said here for all, should a job type forget the attribute.
                quartz.AddJob(job.Type, j => j.WithIdentity(job.Name).StoreDurably(true).DisallowConcurrentExecution(true));
            }
        });

        // The default would end the process in the middle of a job.
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddSingleton(s => new Timetable(jobs, s.GetRequiredService<JobRuns>(), s.GetRequiredService<ISchedulerFactory>(), time));
        services.AddHostedService(s => s.GetRequiredService<Timetable>());
        services.AddHostedService(s => new ClockWatch(s.GetRequiredService<Timetable>(), time, s.GetRequiredService<ILogger<ClockWatch>>()));
        services.AddSingleton(s => new StallWatch(s.GetRequiredService<JobRuns>(), time, s.GetRequiredService<ILogger<StallWatch>>()));
        return services.AddHostedService(s => s.GetRequiredService<StallWatch>());
    }
}
