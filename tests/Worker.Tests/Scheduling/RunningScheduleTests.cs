using System.Diagnostics;
using Uploader.Shared.Journal;
using Uploader.Worker.Scheduling;

namespace Worker.Tests.Scheduling;

/// <summary>Whole schedules, run by Quartz in real time.</summary>
public sealed class RunningScheduleTests
{
    [Fact]
    public async Task A_job_runs_at_once_and_then_at_its_interval()
    {
        await using var schedule = await RunningSchedule.Of("1s");

        await schedule.Runs_at_least(1, TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        await schedule.Runs_at_least(3);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(3.5));
        await RunningSchedule.Eventually(() => schedule.Runs.Of(RunningSchedule.Job).Outcome == JobOutcome.Done, "the outcome is remembered");
        Assert.Empty(schedule.Events.All);
    }

    [Fact]
    public async Task A_cron_expression_runs_by_the_calendar()
    {
        await using var schedule = await RunningSchedule.Of("0/1 * * * * ?");

        await schedule.Runs_at_least(3);
    }

    [Fact]
    public async Task A_failing_job_is_logged_once_a_run_and_runs_again()
    {
        await using var schedule = await RunningSchedule.Of("1s", _ => throw new InvalidOperationException("on purpose"));

        await schedule.Runs_at_least(2);
        await schedule.Stop();

        Assert.Equal(schedule.Work.Ended, schedule.Events.Count(nameof(Events.JobFailed)));
        Assert.Equal(schedule.Work.Ended, schedule.Events.All.Count);
        Assert.Equal(JobOutcome.Failed, schedule.Runs.Of(RunningSchedule.Job).Outcome);
    }

    [Fact]
    public async Task A_job_never_runs_twice_at_once_however_often_it_is_triggered()
    {
        var gate = new TaskCompletionSource();
        await using var schedule = await RunningSchedule.Of("1d", _ => gate.Task);
        await RunningSchedule.Eventually(() => schedule.Work.Started == 1, "the first run begins");

        for (var i = 0; i < 3; i++)
        {
            await schedule.Trigger();
        }

        await Task.Delay(300, TestContext.Current.CancellationToken); // Time in which a second run would begin.
        Assert.Equal(1, schedule.Work.Started);
        gate.SetResult();
        await schedule.Runs_at_least(4);
        await schedule.Stop();

        Assert.Equal(4, schedule.Work.Ended);
        Assert.Equal(1, schedule.Work.MostAtOnce);
    }

    [Fact]
    public async Task A_job_that_takes_longer_than_its_interval_rests_for_it()
    {
        await using var schedule = await RunningSchedule.Of("1s", _ => Task.Delay(1_500, CancellationToken.None));

        await schedule.Runs_at_least(1);
        var watch = Stopwatch.StartNew();
        await RunningSchedule.Eventually(() => schedule.Work.Started == 2, "the second run begins");

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(2));
        Assert.Equal(1, schedule.Work.MostAtOnce);
    }

    [Fact]
    public async Task Stopping_asks_a_running_job_to_end_and_waits_for_it()
    {
        var cleanedUp = false;
        var schedule = await RunningSchedule.Of("1d", async stop =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            finally
            {
                await Task.Delay(300, CancellationToken.None);
                cleanedUp = true;
            }
        });
        await RunningSchedule.Eventually(() => schedule.Work.Started == 1, "the job runs");

        await schedule.Stop();

        Assert.True(cleanedUp);
        Assert.Equal(JobOutcome.Stopped, schedule.Runs.Of(RunningSchedule.Job).Outcome);
        Assert.Empty(schedule.Events.All);
        await schedule.DisposeAsync();
    }

    [Fact]
    public async Task A_job_that_hangs_is_a_stall_told_once()
    {
        var gate = new TaskCompletionSource();
        await using var schedule = await RunningSchedule.Of("1s", _ => gate.Task, patience: TimeSpan.FromSeconds(1));
        await RunningSchedule.Eventually(() => schedule.Work.Started == 1, "the job runs");

        Assert.True(schedule.StallWatch.IsAlive());
        await RunningSchedule.Eventually(() => !schedule.StallWatch.IsAlive(), "the stall is seen");
        Assert.False(schedule.StallWatch.IsAlive());
        Assert.Equal(1, schedule.Events.Count(nameof(Events.ScheduleStalled)));

        gate.SetResult();
        await RunningSchedule.Eventually(schedule.StallWatch.IsAlive, "it is alive again");
        Assert.Equal(1, schedule.Events.Count(nameof(Events.ScheduleStalled)));
    }
}
