using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Journal;

namespace Uploader.Worker.Scheduling;

/// <summary>
/// Lays the schedule anew when the wall clock is stepped. Quartz keeps the next time of every trigger as a wall time: set back by an hour,
/// a clock would stop a job of every second for an hour.
/// </summary>
internal sealed class ClockWatch(Timetable timetable, TimeProvider time, ILogger<ClockWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Read when the host is built: the triggers are laid after that, so no step falls between.
    private readonly ClockStep _clock = new(time.GetUtcNow(), time.Monotonic());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (_clock.Since(time.GetUtcNow(), time.Monotonic()) is { } step)
            {
                log.ClockStepped(Math.Round(step.TotalSeconds, 1));
                await timetable.LayAnew(step, stoppingToken);
            }
        }
    }
}
