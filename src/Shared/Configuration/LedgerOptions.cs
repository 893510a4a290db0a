namespace Uploader.Shared.Configuration;

/// <summary>Where the ledger lies and how long it remembers.</summary>
internal sealed record LedgerOptions
{
    public string Directory { get; init; } = "/var/lib/fileuploader";

    public TimeSpan KeepFailures { get; init; } = TimeSpan.FromDays(1);

    public TimeSpan KeepBans { get; init; } = TimeSpan.FromDays(90);

    public int MaxFailures { get; init; } = 1_000_000;

    public static LedgerOptions Read(SettingsReader section)
    {
        var defaults = new LedgerOptions();
        return new LedgerOptions
        {
            Directory = section.Read("Directory", defaults.Directory, Syntax.AbsolutePath, "The state directory: `ledger.db`, its lock and its signal files. Both processes must see the same one."),
            KeepFailures = section.Read("KeepFailures", defaults.KeepFailures, Syntax.DurationFrom(TimeSpan.FromMinutes(1)), "Failures older than this are trimmed."),
            KeepBans = section.Read("KeepBans", defaults.KeepBans, Syntax.DurationFrom(TimeSpan.FromHours(1)), "Bans that ended or were lifted longer ago are trimmed; until then they lengthen the next one."),
            MaxFailures = section.Read("MaxFailures", defaults.MaxFailures, Syntax.Count(1_000, 100_000_000), "At most so many failures are kept, the oldest go first: a flood must not fill the disk by way of the ledger."),
        };
    }
}
