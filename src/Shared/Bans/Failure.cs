using Uploader.Shared.Addresses;

namespace Uploader.Shared.Bans;

/// <summary>One refusal that counts against a client. <paramref name="Code"/> is the refusal's, <paramref name="Path"/> what was asked for.</summary>
internal readonly record struct Failure(Cidr Client, FailureKind Kind, DateTimeOffset At, string Code, string Path);
