using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Journal;

namespace Uploader.Worker.Scheduling;

/// <summary>Says whether the schedule is alive, for the watchdog, and logs when it stops being so.</summary>
internal sealed class StallWatch(JobRuns runs, TimeProvider time, ILogger<StallWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private bool _stalled;

    /// <summary>Judged anew at each call: an answer remembered by a loop would outlive the loop.</summary>
    public bool IsAlive()
    {
        var stall = ScheduleHealth.StallOf(runs.All, time.Monotonic());
        lock (_lock)
        {
            if (stall is not null && !_stalled)
            {
                log.ScheduleStalled(stall);
            }

            _stalled = stall is not null;
        }

        return stall is null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            IsAlive();
        }
    }
}
