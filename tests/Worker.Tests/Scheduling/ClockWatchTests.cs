using Uploader.Shared.Journal;
using Uploader.Worker.Scheduling;

namespace Worker.Tests.Scheduling;

/// <summary>Whole schedules, run by Quartz in real time, while the wall clock is set.</summary>
public sealed class ClockWatchTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_set_by_an_hour_stops_no_interval(int hours)
    {
        await using var schedule = await RunningSchedule.Of("1s");
        await schedule.Runs_at_least(1);

        schedule.Time.Step(TimeSpan.FromHours(hours));
        var before = schedule.Work.Ended;
        await schedule.Runs_at_least(before + 4, TimeSpan.FromSeconds(8));

        Assert.Equal([nameof(Events.ClockStepped)], schedule.Events.All.Select(e => e.Event));
        Assert.InRange(schedule.Work.Ended, before + 4, before + 6);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_set_while_a_job_runs_stops_nothing_either(int hours)
    {
        await using var schedule = await RunningSchedule.Of("1s", _ => Task.Delay(1_500, CancellationToken.None));
        await RunningSchedule.Eventually(() => schedule.Work.Started == 1, "the job runs");

        schedule.Time.Step(TimeSpan.FromHours(hours));
        await schedule.Runs_at_least(2, TimeSpan.FromSeconds(8));

        Assert.Equal([nameof(Events.ClockStepped)], schedule.Events.All.Select(e => e.Event));
        Assert.Equal(1, schedule.Work.MostAtOnce);
    }

    [Fact]
    public async Task A_calendar_time_the_clock_jumped_over_is_made_up_for_once()
    {
        await using var schedule = await RunningSchedule.Of("0 0 3 * * ?");
        await Task.Delay(1_500, TestContext.Current.CancellationToken); // Into Quartz's own wait: a step before its first look is too easy.

        schedule.Time.Step(TimeSpan.FromDays(3.5));

        await schedule.Runs_at_least(1, TimeSpan.FromSeconds(5));
        await RunningSchedule.Eventually(() => schedule.Events.Count(nameof(Events.ClockStepped)) == 1, "the step is told");
        await Task.Delay(1_500, TestContext.Current.CancellationToken); // Time in which a second run would come.

        Assert.Equal(1, schedule.Work.Started);
    }

    [Fact]
    public async Task A_calendar_of_every_second_goes_on_when_the_clock_is_set_back()
    {
        await using var schedule = await RunningSchedule.Of("0/1 * * * * ?");
        await schedule.Runs_at_least(1);

        schedule.Time.Step(TimeSpan.FromHours(-1));
        await schedule.Runs_at_least(schedule.Work.Ended + 3, TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_calendar_time_that_comes_nearer_is_kept()
    {
        await using var schedule = await RunningSchedule.Of("0 0 3 * * ?");
        var due = schedule.Runs.Of(RunningSchedule.Job).Due;

        // To three seconds before three o'clock, wherever the clock stands now.
        schedule.Time.Step(due - schedule.Time.Monotonic() - TimeSpan.FromSeconds(3));
        await schedule.Runs_at_least(1, TimeSpan.FromSeconds(8));

        Assert.InRange(schedule.Time.GetLocalNow().TimeOfDay, TimeSpan.FromHours(3), TimeSpan.FromHours(3) + TimeSpan.FromSeconds(2));
    }
}
