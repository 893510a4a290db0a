using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Support;
using Support.Ledger;
using Uploader.Shared.Configuration;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;
using Uploader.Worker;
using Uploader.Worker.Jobs;
using Uploader.Worker.Scheduling;
using Uploader.Worker.Telling;
using DiskSample = Uploader.Shared.Ledger.DiskSample;

namespace Worker.Tests.Telling;

/// <summary>What the worker tells, and how seldom.</summary>
public sealed class WorkerTellerTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly Scratch _uploads = new();
    private readonly TempLedger _ledger;
    private readonly UploaderOptions _options;
    private LedgerFile _shared = null!;
    private JobRuns _runs = null!;
    private DiskWatch _disk = null!;
    private PermissionSweep _sweep = null!;
    private WorkerTeller _teller = null!;

    public WorkerTellerTests()
    {
        _ledger = new TempLedger(_time);
        _options = new UploaderOptions { Storage = new StorageOptions { Root = _uploads.Path }, Disk = new DiskOptions { MinFree = 0 } };
        Start();
    }

    public void Dispose()
    {
        _teller.Dispose();
        _uploads.Dispose();
        _ledger.Dispose();
    }

    [Fact]
    public void Each_job_is_told_with_its_last_run_how_long_it_took_how_it_ended_and_when_it_is_due()
    {
        Run(Schedule.LedgerTrim, JobOutcome.Done, TimeSpan.FromSeconds(3));
        _runs.Start(Schedule.BanSweep);
        _time.Advance(TimeSpan.FromSeconds(2));
        _teller.Look();

        var told = Told();
        var trim = told.Jobs.Single(job => job.Name == Schedule.LedgerTrim);
        Assert.Equal(new JobStatus(Schedule.LedgerTrim, "1h", Noon, TimeSpan.FromSeconds(3), JobStatus.Done, Noon.AddHours(1).AddSeconds(3), false, TimeSpan.FromMinutes(10), Noon.AddSeconds(3)), trim);
        var sweep = told.Jobs.Single(job => job.Name == Schedule.BanSweep);
        Assert.Equal((Noon.AddSeconds(3), "", true), (sweep.StartedAt!.Value, sweep.Outcome, sweep.IsRunning));
        Assert.Equal(new SelfReport(Launch.Version, Environment.ProcessId, Noon, Noon.AddSeconds(5), false, "all jobs on time; disk not measured yet"), told.Process);
    }

    [Fact]
    public void A_minute_of_quiet_ban_sweeps_costs_four_writes()
    {
        Run(Schedule.BanSweep, JobOutcome.Done);
        _teller.Look();

        var told = new HashSet<DateTimeOffset>();
        for (var second = 0; second < 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Run(Schedule.BanSweep, JobOutcome.Done);
            _teller.Look();
            told.Add(Told().Process.ToldAt);
        }

        Assert.Equal([Noon, Noon.AddSeconds(15), Noon.AddSeconds(30), Noon.AddSeconds(45), Noon.AddSeconds(60)], told);
    }

    [Fact]
    public void A_change_of_an_outcome_is_told_at_once()
    {
        Run(Schedule.DiskWatch, JobOutcome.Done);
        _teller.Look();

        _time.Advance(TimeSpan.FromSeconds(1));
        Run(Schedule.DiskWatch, JobOutcome.Failed);
        _teller.Look();
        Assert.Equal(JobStatus.Failed, Told().Jobs.Single(job => job.Name == Schedule.DiskWatch).Outcome);

        _time.Advance(TimeSpan.FromSeconds(1));
        Run(Schedule.DiskWatch, JobOutcome.Done);
        _teller.Look();
        Assert.Equal(JobStatus.Done, Told().Jobs.Single(job => job.Name == Schedule.DiskWatch).Outcome);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    public void A_run_that_did_not_end_well_leaves_the_time_of_the_last_that_did(string outcome)
    {
        Run(Schedule.DiskWatch, JobOutcome.Done);
        _time.Advance(TimeSpan.FromMinutes(1));
        Run(Schedule.DiskWatch, Enum.Parse<JobOutcome>(outcome));
        _teller.Look();

        Assert.Equal(Noon, Told().Jobs.Single(job => job.Name == Schedule.DiskWatch).DoneAt);
    }

    [Fact]
    public void What_the_permission_sweep_found_is_told_at_once_and_when_one_last_repaired_is_remembered()
    {
        _teller.Look();
        var wrong = _uploads.File("2026/03/01/a.png", "x");
        File.SetUnixFileMode(wrong, (UnixFileMode)0x1FF);
        File.CreateSymbolicLink(_uploads.Of("link"), "/etc/passwd");

        _time.Advance(TimeSpan.FromSeconds(1));
        _sweep.Sweep(CancellationToken.None);
        _teller.Look();
        var first = Told().Drift!;
        Assert.True(first.Repaired >= 1);
        Assert.Equal((0, 1, Noon.AddSeconds(1), Noon.AddSeconds(1)), (first.NotRepaired, first.Foreign, first.At, first.RepairedAt!.Value));

        _time.Advance(TimeSpan.FromSeconds(1));
        _sweep.Sweep(CancellationToken.None);
        _teller.Look();
        Assert.Equal(new DriftStatus(Noon.AddSeconds(2), 0, 0, 1, Noon.AddSeconds(1)), Told().Drift);
    }

    [Fact]
    public async Task A_restart_forgets_neither_a_jobs_last_run_nor_the_last_sweep()
    {
        Run(Schedule.LedgerTrim, JobOutcome.Done, TimeSpan.FromSeconds(3));
        _sweep.Sweep(CancellationToken.None);
        _teller.Look();
        await _teller.StoppedAsync(CancellationToken.None);
        Assert.True(Told().Process.HasStopped);
        var before = Told();

        _time.Advance(TimeSpan.FromHours(5));
        Start();
        _teller.Look();

        var after = Told();
        Assert.False(after.Process.HasStopped);
        Assert.Equal(Noon.AddHours(5).AddSeconds(3), after.Process.StartedAt);
        Assert.Equal(before.Drift, after.Drift);
        var trim = after.Jobs.Single(job => job.Name == Schedule.LedgerTrim);
        Assert.Equal((Noon, TimeSpan.FromSeconds(3), JobStatus.Done, Noon.AddSeconds(3)), (trim.StartedAt!.Value, trim.Duration, trim.Outcome, trim.DoneAt!.Value));
    }

    [Fact]
    public void When_the_ledger_is_begun_anew_all_is_told_again_the_disk_too()
    {
        _disk.Look(CancellationToken.None);
        _teller.Look();
        File.WriteAllText(_ledger.DataPath, "garbage, and not little of it");
        _shared.Run(ledger => ledger.Revision); // As the ban sweep does each second.
        Assert.Null(_ledger.File.Run(ledger => ledger.Status.FindDisk()));

        _teller.Look();

        Assert.Equal(Noon, Disk()!.At);
        Assert.Equal(Noon, Told().Process.ToldAt);
    }

    [Fact]
    public void A_disk_sample_that_the_ledger_could_not_take_is_told_when_it_can()
    {
        var lockPath = Path.Join(_ledger.Directory, "ledger.lock");
        using (LedgerLock.Take(lockPath, TimeSpan.FromSeconds(5)))
        {
            _disk.Look(CancellationToken.None);
            Assert.Throws<LedgerBusyException>(_teller.Look);
        }

        _teller.Look();

        Assert.Equal(Noon, Disk()!.At);
    }

    [Fact]
    public void A_sample_that_was_told_is_not_told_again()
    {
        _disk.Look(CancellationToken.None);
        _teller.Look();
        var revision = _ledger.File.Run(ledger => ledger.Revision);

        for (var second = 0; second < 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _teller.Look();
        }

        Assert.Equal(revision, _ledger.File.Run(ledger => ledger.Revision));
    }

    private void Start()
    {
        _teller?.Dispose();
        _shared = _ledger.Open(patience: TimeSpan.FromMilliseconds(100));
        _runs = new JobRuns(Schedule.Of(new ScheduleOptions()), _time);
        _disk = new DiskWatch(_options, _shared, _time, NullLogger<DiskWatch>.Instance);
        var wanted = new WantedPermissions(Accounts.CurrentUser, Accounts.FindGroup(Environment.UserName)!.Value);
        _sweep = new PermissionSweep(_uploads.Path, wanted, NullLogger<PermissionSweep>.Instance);
        _teller = new WorkerTeller(_runs, _disk, _sweep, new StatusSentence(_runs, _disk, _time), _shared, _time, NullLogger<WorkerTeller>.Instance);
    }

    private void Run(string job, JobOutcome outcome, TimeSpan takes = default)
    {
        _runs.Start(job);
        _time.Advance(takes);
        _runs.End(job, outcome);
    }

    private WorkerStatus Told() => _ledger.File.Run(ledger => ledger.Status.FindWorker())!;

    private DiskSample? Disk() => _ledger.File.Run(ledger => ledger.Status.FindDisk());
}
