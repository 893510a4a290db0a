using Uploader.Shared.Configuration;

namespace Uploader.Worker;

/// <summary>Section <c>Schedule</c>: how often each job runs.</summary>
internal sealed record ScheduleOptions
{
    public Recurrence BanSweep { get; init; } = Recurrence.Parse("1s");

    public Recurrence DiskWatch { get; init; } = Recurrence.Parse("30s");

    public Recurrence PermissionSweep { get; init; } = Recurrence.Parse("5m");

    public Recurrence StagingSweep { get; init; } = Recurrence.Parse("10m");

    public Recurrence LedgerTrim { get; init; } = Recurrence.Parse("1h");
}
