namespace Uploader.Shared.Configuration;

/// <summary>When the worker's jobs run.</summary>
internal sealed record ScheduleOptions
{
    public Recurrence BanSweep { get; init; } = Recurrence.Parse("1s");

    public Recurrence DiskWatch { get; init; } = Recurrence.Parse("30s");

    public Recurrence PermissionSweep { get; init; } = Recurrence.Parse("5m");

    public Recurrence StagingSweep { get; init; } = Recurrence.Parse("10m");

    public Recurrence LedgerTrim { get; init; } = Recurrence.Parse("1h");

    private static readonly Syntax<Recurrence> Syntax = new(
        "an interval such as 30s, 10m or 1h, or a Quartz cron expression such as 0 0 3 * * ?",
        (string text, out Recurrence value) => Recurrence.TryParse(text, out value!, out _),
        recurrence => recurrence.Text);

    public static ScheduleOptions Read(SettingsReader section)
    {
        var defaults = new ScheduleOptions();
        return new ScheduleOptions
        {
            BanSweep = section.Read("BanSweep", defaults.BanSweep, Syntax, "Judges new failures; it also runs at once when there are any."),
            DiskWatch = section.Read("DiskWatch", defaults.DiskWatch, Syntax, "Measures the uploads directory and its file system."),
            PermissionSweep = section.Read("PermissionSweep", defaults.PermissionSweep, Syntax, "Re-asserts owner, group and modes, and measures too."),
            StagingSweep = section.Read("StagingSweep", defaults.StagingSweep, Syntax, "Removes what killed processes left in staging."),
            LedgerTrim = section.Read("LedgerTrim", defaults.LedgerTrim, Syntax, "Forgets old failures and bans."),
        };
    }
}
