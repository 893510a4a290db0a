namespace Uploader.Shared.Configuration;

/// <summary>How full the uploads directory may get, and when to say so.</summary>
internal sealed record DiskOptions
{
    /// <summary>Bytes; null is no limit but the disk's.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Bytes.</summary>
    public long MinFree { get; init; } = 1L << 30;

    public int WarnPercent { get; init; } = 80;

    public int CriticalPercent { get; init; } = 95;

    public static DiskOptions Read(SettingsReader section)
    {
        var defaults = new DiskOptions();
        var options = new DiskOptions
        {
            MaxBytes = section.Read("MaxBytes", defaults.MaxBytes, Syntax.SizeFrom(1).OrNone("none"), "Accepted files together never pass this."),
            MinFree = section.Read("MinFree", defaults.MinFree, Syntax.SizeFrom(0), "Free space on the file system never falls below this by an upload."),
            WarnPercent = section.Read("WarnPercent", defaults.WarnPercent, Syntax.Count(1, 99), "From here on the disk level is `warning`."),
            CriticalPercent = section.Read("CriticalPercent", defaults.CriticalPercent, Syntax.Count(2, 100), "From here on the disk level is `critical`."),
        };

        section.Require(options.WarnPercent < options.CriticalPercent, "WarnPercent", $"{options.WarnPercent}", $"must be below CriticalPercent, {options.CriticalPercent}");
        return options;
    }
}
