using Quartz;
using Uploader.Shared.Configuration;

namespace Uploader.Worker.Scheduling;

/// <summary>Remembers of each job when it is due, when it last ran and how that ended.</summary>
internal sealed class JobRuns
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<string, JobRun> _runs;

    public JobRuns(IReadOnlyList<ScheduledJob> jobs, TimeProvider time)
    {
        _time = time;
        _runs = jobs.ToDictionary(job => job.Name, job => new JobRun(job, FirstDue(job)));
    }

    public IReadOnlyList<JobRun> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _runs.Values];
            }
        }
    }

    public JobRun Of(string job)
    {
        lock (_lock)
        {
            return _runs[job];
        }
    }

    public void Start(string job)
    {
        lock (_lock)
        {
            _runs[job] = _runs[job] with { Started = _time.Monotonic(), IsRunning = true };
        }
    }

    public void End(string job, JobOutcome outcome)
    {
        lock (_lock)
        {
            var run = _runs[job];
            var now = _time.Monotonic();
            _runs[job] = run with
            {
                Ended = now,
                IsRunning = false,
                Outcome = outcome,
                Duration = now - (run.Started ?? now),
                Due = NextDue(run.Job.Recurrence),
                Done = outcome == JobOutcome.Done ? now : run.Done,
            };
        }
    }

    /// <summary>The wall clock was stepped: what is due by the calendar is due at another time.</summary>
    public void ClockStepped()
    {
        lock (_lock)
        {
            foreach (var (name, run) in _runs)
            {
                if (run.Job.Recurrence.Cron is not null)
                {
                    _runs[name] = run with { Due = NextDue(run.Job.Recurrence) };
                }
            }
        }
    }

    // An interval begins with a run: after a restart nobody waits an hour for the first look.
    private TimeSpan FirstDue(ScheduledJob job) => job.Recurrence.Interval is null ? NextDue(job.Recurrence) : _time.Monotonic();

    private TimeSpan NextDue(Recurrence recurrence)
    {
        var now = _time.Monotonic();
        if (recurrence.Interval is { } interval)
        {
            return now + interval;
        }

        var wall = _time.GetUtcNow();
        return CronExpression.Parse(recurrence.Cron!).GetNextValidTimeAfter(wall) is { } next ? now + (next - wall) : TimeSpan.MaxValue;
    }
}
