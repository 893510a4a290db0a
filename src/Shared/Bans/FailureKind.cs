namespace Uploader.Shared.Bans;

/// <summary>What a failure counts as; a jail names the kinds it watches.</summary>
internal enum FailureKind
{
    /// <summary>No key, or one that is not in force.</summary>
    Auth,

    /// <summary>A request that no honest client makes often: a type that is not allowed, a content that belies its name, too large, malformed.</summary>
    Abuse,

    /// <summary>A ban by another jail, which is what <c>recidive</c> counts.</summary>
    Ban,
}
