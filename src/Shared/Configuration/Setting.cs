namespace Uploader.Shared.Configuration;

/// <summary>One key of the configuration as the documentation shows it.</summary>
internal sealed record Setting(string Key, string Default, string Expected, string About);
