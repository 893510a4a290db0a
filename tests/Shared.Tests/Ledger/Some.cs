using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Shared.Tests.Ledger;

internal static class Some
{
    public static readonly Cidr Client = Cidr.Parse("203.0.113.7");

    public static FailureRow Failure(long at = 1000, string code = "bad-key") => new(0, Client, FailureKind.Auth, at, 1, code, "/upload");

    public static Ban Ban(string client = "203.0.113.7", long fromMs = 1000, long untilMs = 2000) =>
        new(Cidr.Parse(client), "auth", fromMs, untilMs) { IsBySweep = true, Evidence = [new Evidence(1, FailureKind.Auth, "bad-key", "/upload", 5)], Failures = 5 };
}
