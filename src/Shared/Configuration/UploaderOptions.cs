using Uploader.Shared.Addresses;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Configuration;

/// <summary>The whole configuration, as both processes see it.</summary>
internal sealed record UploaderOptions
{
    public StorageOptions Storage { get; init; } = new();

    public LedgerOptions Ledger { get; init; } = new();

    public WebOptions Web { get; init; } = new();

    public AuthOptions Auth { get; init; } = new();

    public ProxyOptions Proxies { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public InspectionOptions Inspection { get; init; } = new();

    public DiskOptions Disk { get; init; } = new();

    public BanOptions Bans { get; init; } = new();

    public ScheduleOptions Schedule { get; init; } = new();

    public LogTarget Log { get; init; }

    /// <summary>A ban of a trusted proxy would be one of everybody behind it.</summary>
    public AddressSet NeverBanned => new([.. Bans.IgnoreIp.Ranges, .. Proxies.Trusted.Ranges]);

    public static UploaderOptions Read(SettingsReader reader)
    {
        var options = new UploaderOptions
        {
            Storage = StorageOptions.Read(reader.Section("Storage")),
            Ledger = LedgerOptions.Read(reader.Section("Ledger")),
            Web = WebOptions.Read(reader.Section("Web")),
            Auth = AuthOptions.Read(reader.Section("Auth")),
            Proxies = ProxyOptions.Read(reader.Section("Proxies")),
            Limits = LimitOptions.Read(reader.Section("Limits")),
            Inspection = InspectionOptions.Read(reader.Section("Inspection")),
            Disk = DiskOptions.Read(reader.Section("Disk")),
            Bans = BanOptions.Read(reader.Section("Bans")),
            Schedule = ScheduleOptions.Read(reader.Section("Schedule")),
            Log = reader.Read("Log", LogTarget.Auto, Syntax.OneOf<LogTarget>(), "Where events go: `Journal`, `Console`, or `Auto`, the journal when systemd started the process."),
        };

        RequireLongMemory(reader, options);
        reader.RequireNoOtherKeys();
        return options;
    }

    /// <summary>What a jail looks back on must not have been trimmed.</summary>
    private static void RequireLongMemory(SettingsReader reader, UploaderOptions options)
    {
        var longestFindTime = options.Bans.Jails.Max(jail => jail.FindTime);
        reader.Section("Ledger").Require(
            options.Ledger.KeepFailures >= longestFindTime, "KeepFailures", Duration.Write(options.Ledger.KeepFailures),
            $"must be at least the longest FindTime, {Duration.Write(longestFindTime)}");

        var longestBan = options.Bans.Jails.Max(jail => jail.MaxTime ?? jail.BanTime ?? TimeSpan.Zero);
        reader.Section("Ledger").Require(
            options.Ledger.KeepBans > longestBan, "KeepBans", Duration.Write(options.Ledger.KeepBans),
            $"must be longer than the longest ban, {Duration.Write(longestBan)}");
        // What a ban paid for, or a lift forgave, would count again.
        reader.Section("Ledger").Require(
            options.Ledger.KeepBans >= longestFindTime, "KeepBans", Duration.Write(options.Ledger.KeepBans),
            $"must be at least the longest FindTime, {Duration.Write(longestFindTime)}");
    }
}
