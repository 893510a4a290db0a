namespace Uploader.Shared.Bans;

/// <summary>The kinds as they are written in the ledger and in the configuration: in words, so that a renumbered enumeration changes nothing on disk.</summary>
internal static class KindNames
{
    public static string Of(FailureKind kind) => kind switch
    {
        FailureKind.Auth => "auth",
        FailureKind.Abuse => "abuse",
        _ => "ban",
    };

    public static FailureKind Parse(string name) => name switch
    {
        "auth" => FailureKind.Auth,
        "ban" => FailureKind.Ban,
        _ => FailureKind.Abuse,
    };
}
