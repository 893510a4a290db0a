using Uploader.Shared.Configuration;
using Uploader.Worker;
using Uploader.Worker.Scheduling;

namespace Worker.Tests;

public sealed class ScheduleTests
{
    private static readonly IReadOnlyList<ScheduledJob> Jobs = Schedule.Of(new ScheduleOptions());

    [Theory]
    [InlineData("ban-sweep", "1s")]
    [InlineData("disk-watch", "30s")]
    [InlineData("permission-sweep", "5m")]
    [InlineData("staging-sweep", "10m")]
    [InlineData("ledger-trim", "1h")]
    public void A_job_runs_this_often_unless_configured(string name, string recurrence) =>
        Assert.Equal(recurrence, Assert.Single(Jobs, job => job.Name == name).Recurrence.Text);

    [Fact]
    public void There_are_five_jobs_with_names_of_their_own() => Assert.Equal(5, Jobs.Select(job => job.Name).Distinct().Count());

    [Theory]
    [InlineData("5m", null)]
    [InlineData("0 0 3 * * ?", null)]
    [InlineData("0 0/5 14,18 ? * MON-FRI", null)]
    [InlineData("0 0 25 * * ?", "not a Quartz cron expression; write one such as \"0 0 3 * * ?\", or an interval such as 5m")]
    [InlineData("a b c d e f", "not a Quartz cron expression; write one such as \"0 0 3 * * ?\", or an interval such as 5m")]
    [InlineData("0 0 3 * * ? 2020", "this cron expression never comes true")]
    public void A_cron_expression_is_put_to_Quartz(string text, string? finding) =>
        Assert.Equal(finding, CronCheck.FindingOf(Recurrence.Parse(text), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
}
