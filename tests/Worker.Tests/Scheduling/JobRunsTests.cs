using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Configuration;
using Uploader.Worker.Scheduling;

namespace Worker.Tests.Scheduling;

public sealed class JobRunsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_interval_is_due_at_once_and_then_after_each_end()
    {
        var runs = RunsOf("10m");
        var start = _time.Monotonic();
        Assert.Equal(start, runs.Of("job").Due);

        runs.Start("job");
        _time.Advance(TimeSpan.FromMinutes(3));
        runs.End("job", JobOutcome.Done);

        var run = runs.Of("job");
        Assert.Equal(start + TimeSpan.FromMinutes(13), run.Due);
        Assert.Equal(TimeSpan.FromMinutes(3), run.Duration);
        Assert.Equal((start, start + TimeSpan.FromMinutes(3)), (run.Started!.Value, run.Ended!.Value));
        Assert.Equal((false, JobOutcome.Done), (run.IsRunning, run.Outcome));
    }

    [Fact]
    public void A_calendar_time_is_due_when_the_wall_clock_says()
    {
        var runs = RunsOf("0 0 3 * * ?");
        var start = _time.Monotonic();
        var untilThree = TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero ? TimeSpan.FromHours(15) : runs.Of("job").Due - start;
        Assert.Equal(start + untilThree, runs.Of("job").Due);

        _time.Advance(untilThree);
        runs.Start("job");
        runs.End("job", JobOutcome.Failed);

        Assert.Equal(start + untilThree + TimeSpan.FromDays(1), runs.Of("job").Due);
    }

    private JobRuns RunsOf(string recurrence) =>
        new([new ScheduledJob("job", typeof(ProbeJob), Recurrence.Parse(recurrence), TimeSpan.FromMinutes(1))], _time);
}
