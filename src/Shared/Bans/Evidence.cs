namespace Uploader.Shared.Bans;

/// <summary>One line of the reason for a ban: <paramref name="Count"/> failures within one second.</summary>
internal readonly record struct Evidence(long AtSeconds, FailureKind Kind, string Code, string Path, int Count);
