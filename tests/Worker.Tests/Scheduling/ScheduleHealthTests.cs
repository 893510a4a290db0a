using Uploader.Shared.Configuration;
using Uploader.Worker.Scheduling;

namespace Worker.Tests.Scheduling;

public sealed class ScheduleHealthTests
{
    private static readonly ScheduledJob Job = new("ban-sweep", typeof(ProbeJob), Recurrence.Parse("1s"), Patience: TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(100, 99, null)]
    [InlineData(100, 100, null)]
    [InlineData(100, 130, null)]
    [InlineData(100, 131, "ban-sweep was due 31 s ago and has not started")]
    public void A_job_that_does_not_start_is_a_stall_when_patience_ends(int due, int now, string? stall) =>
        Assert.Equal(stall, ScheduleHealth.StallOf([new JobRun(Job, Due: Seconds(due))], Seconds(now)));

    [Theory]
    [InlineData(100, 130, null)]
    [InlineData(100, 131, "ban-sweep has been running for 31 s")]
    public void A_job_that_does_not_end_is_a_stall_when_patience_ends(int started, int now, string? stall) =>
        Assert.Equal(stall, ScheduleHealth.StallOf([new JobRun(Job, Due: Seconds(0), Started: Seconds(started), IsRunning: true)], Seconds(now)));

    [Fact]
    public void A_job_that_is_never_due_is_no_stall() =>
        Assert.Null(ScheduleHealth.StallOf([new JobRun(Job, Due: TimeSpan.MaxValue)], Seconds(1_000_000)));

    [Fact]
    public void One_stuck_job_among_others_is_found() =>
        Assert.StartsWith(
            "ban-sweep was due",
            ScheduleHealth.StallOf([new JobRun(Job with { Name = "disk-watch" }, Due: Seconds(100)), new JobRun(Job, Due: Seconds(0))], Seconds(100)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(nameof(JobOutcome.Done), 100, "all jobs on time")]
    [InlineData(nameof(JobOutcome.NotYetRun), 100, "all jobs on time")]
    [InlineData(nameof(JobOutcome.Failed), 100, "ban-sweep failed at the last run, the other jobs are on time")]
    [InlineData(nameof(JobOutcome.Done), 200, "stalled: ban-sweep was due 100 s ago and has not started")]
    public void The_schedule_is_described_for_an_operator(string outcome, int now, string sentence) =>
        Assert.Equal(sentence, ScheduleHealth.Describe([new JobRun(Job, Due: Seconds(100), Outcome: Enum.Parse<JobOutcome>(outcome))], Seconds(now)));

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
