using Uploader.Ctl.Doctor;
using Uploader.Ctl.Doctor.Checks;
using Uploader.Shared.Ledger;

namespace Ctl.Tests.Doctor;

/// <summary>A worker that is up and does not do its work is found out by what it tells of its jobs.</summary>
public sealed class JobsFreshTests
{
    private const string Nightly = "0 0 3 * * ?";
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private static readonly JobStatus DiskWatch = new(
        "disk-watch", "30s", Now.AddSeconds(-11), TimeSpan.FromSeconds(1), JobStatus.Done, Now.AddSeconds(20), IsRunning: false, TimeSpan.FromHours(2), DoneAt: Now.AddSeconds(-10));

    private static readonly JobStatus Night = DiskWatch with { Name = "night", Schedule = Nightly, DoneAt = Now.AddHours(-20), DueAt = Now.AddHours(4) };

    [Theory]
    [InlineData(0, 10, "pass")]
    [InlineData(0, 150, "pass")]
    [InlineData(0, 151, "fail")]
    [InlineData(1800, 5550, "pass")] // A long walk, and the pause that begins with its end.
    [InlineData(1800, 5551, "fail")]
    [InlineData(0, -600, "fail")] // Told before the clock was put back.
    [InlineData(0, null, "fail")]
    public void A_job_with_an_interval_ended_well_within_three_of_its_runs_and_a_minute(int secondsLong, int? doneSecondsAgo, string verdict) =>
        IsRated(verdict, Judge(DiskWatch with { Duration = TimeSpan.FromSeconds(secondsLong), DoneAt = doneSecondsAgo is { } ago ? Now.AddSeconds(-ago) : null }));

    [Theory]
    [InlineData(JobStatus.Done, 4 * 60, "pass")]
    [InlineData("", 4 * 60, "pass")] // Installed today.
    [InlineData(JobStatus.Stopped, 4 * 60, "pass")]
    [InlineData(JobStatus.Failed, 4 * 60, "fail")]
    [InlineData(JobStatus.Done, -119, "pass")]
    [InlineData(JobStatus.Done, -121, "fail")]
    [InlineData(JobStatus.Done, null, "pass")] // Never again.
    public void A_job_with_a_calendar_is_not_overdue_and_did_not_fail(string outcome, int? dueInMinutes, string verdict) =>
        IsRated(verdict, Judge(Night with { Outcome = outcome, DueAt = dueInMinutes is { } minutes ? Now.AddMinutes(minutes) : null }));

    [Theory]
    [InlineData("", 119, "pass")] // The first walk over millions of files.
    [InlineData("", 121, "fail")]
    [InlineData(JobStatus.Failed, 1, "fail")]
    public void A_job_under_way_has_its_time(string outcomeBefore, int minutes, string verdict) =>
        IsRated(verdict, Judge(DiskWatch with { IsRunning = true, Outcome = outcomeBefore, StartedAt = Now.AddMinutes(-minutes), DoneAt = null }));

    [Fact]
    public void One_failed_run_between_two_good_ones_is_no_matter() => Assert.Equal(Rating.Pass, Judge(DiskWatch with { Outcome = JobStatus.Failed }).Rating);

    [Fact]
    public void The_line_names_each_stale_job_with_its_age_and_the_command_that_mends_it()
    {
        var diagnosis = Judge(
            DiskWatch,
            DiskWatch with { Name = "permission-sweep", Schedule = "5m", DoneAt = Now.AddHours(-3) },
            DiskWatch with { Name = "ledger-trim", Schedule = "1h", DoneAt = null });

        Assert.Equal("permission-sweep (runs: 5m) last ended well 3h ago; ledger-trim (runs: 1h) never ended well", diagnosis.Finding);
        Assert.Equal("systemctl restart fileuploader-worker.service; journalctl -u fileuploader-worker.service -p warning -n 20", diagnosis.Mend);
    }

    [Fact]
    public void Without_a_word_of_the_worker_no_job_is_fresh()
    {
        Assert.Equal("the worker has never told of its jobs", JobsFresh.Judge(told: null, Now).Finding);
        Assert.Equal("no job runs: the worker stopped 5min ago", JobsFresh.Judge(By(Now.AddMinutes(-5), hasStopped: true, DiskWatch), Now).Finding);
        var silent = JobsFresh.Judge(By(Now.AddMinutes(-5), hasStopped: false, DiskWatch), Now);
        Assert.Equal((Rating.Fail, "the worker told of its jobs 5min ago and nothing since"), (silent.Rating, silent.Finding));
    }

    [Fact]
    public void What_is_well_is_counted() => Assert.Equal(Diagnosis.Pass("all 2 jobs ended well when they last should"), Judge(DiskWatch, Night));

    private static Diagnosis Judge(params JobStatus[] jobs) => JobsFresh.Judge(By(Now.AddSeconds(-15), hasStopped: false, jobs), Now);

    private static void IsRated(string verdict, Diagnosis diagnosis) => Assert.True(DoctorLine.NameOf(diagnosis.Rating) == verdict, $"{diagnosis}");

    private static WorkerStatus By(DateTimeOffset toldAt, bool hasStopped, params JobStatus[] jobs) =>
        new(new SelfReport("0.1.0", 42, Now.AddDays(-3), toldAt, hasStopped, "all jobs on time"), jobs, Drift: null);
}
