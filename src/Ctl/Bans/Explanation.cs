using System.Text.Json.Serialization;
using Uploader.Ctl.Failures;
using Uploader.Shared.Bans;
using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Bans;

/// <summary>Why a client is banned, or how far it is from it, as programs read it.</summary>
/// <param name="Address">The client as the service counts it: an IPv6 address with its prefix.</param>
/// <param name="IsBanned">By the ledger, and not exempt.</param>
/// <param name="Until">When the last of its bans ends; null is for ever, or not banned.</param>
/// <param name="Exempt">What of the configuration says that it is never banned; null where nothing does.</param>
/// <param name="WebTier">Whether the web process knows all that the ledger says of it.</param>
/// <param name="Bans">In force, its own first, then those of ranges that hold it.</param>
/// <param name="Standing">How far it is from a ban in each jail.</param>
internal sealed record Explanation(
    string Address, bool IsBanned, DateTimeOffset? Until, string? Exempt, WebTier WebTier, ExplainedBan[] Bans, JailStanding[] Standing);

/// <summary>A ban in force and its reasons.</summary>
/// <param name="Ban">As <c>bans list</c> has it.</param>
/// <param name="Rule">What earns a ban in that jail, as configured now; null when there is no such jail.</param>
/// <param name="Length">The arithmetic of its length, as configured now; null when there is no such jail, or it does not give this ban.</param>
/// <param name="Evidence">The failures that earned it, the oldest first.</param>
/// <param name="LengthenedBy">The earlier bans that lengthened it and are still remembered, the latest first.</param>
internal sealed record ExplainedBan(BanLine Ban, string? Rule, string? Length, FailureLine[] Evidence, BanLine[] LengthenedBy)
{
    public static ExplainedBan Of(Ban ban, IReadOnlyList<Ban> history, IEnumerable<Jail> jails)
    {
        var jail = ban.IsBySweep ? jails.FirstOrDefault(jail => jail.Name == ban.Jail) : null;
        IEnumerable<Ban> earlier = jail is null ? [] : BanPolicy.EarlierBans(jail, [.. history.Where(before => before.Id < ban.Id)]).Take(ban.EarlierBans);
        return new ExplainedBan(
            BanLine.Of(ban),
            jail is null ? null : JailStanding.RuleOf(jail),
            jail is null || !BanLength.Explains(jail, ban) ? null : BanLength.Sentence(jail, ban.EarlierBans),
            [.. ban.Evidence.Select(line => FailureLine.Of(ban.Client, line))],
            [.. earlier.Select(BanLine.Of)]);
    }
}

/// <summary>How far a client is from a ban in one jail.</summary>
/// <param name="Failures">That count now; <paramref name="MaxRetry"/> of them are a ban.</param>
/// <param name="FindTime">Within which they must lie, as in the configuration.</param>
/// <param name="NextBan">How long it would be, or at least; <c>for ever</c> where it has no end.</param>
internal sealed record JailStanding(string Jail, string[] Kinds, int Failures, int MaxRetry, string FindTime, string NextBan)
{
    public static JailStanding Of(Jail jail, long[] failures, IReadOnlyList<Ban> history, long nowSeconds) => new(
        jail.Name,
        [.. jail.Kinds.Select(KindNames.Of)],
        BanPolicy.Standing(jail, failures, history, nowSeconds),
        jail.MaxRetry,
        Duration.Write(jail.FindTime),
        BanLength.Written(BanArithmetic.Duration(jail, BanPolicy.EarlierBans(jail, history).Count(), 0)));

    public static string RuleOf(Jail jail) =>
        $"{jail.MaxRetry} failures ({string.Join(", ", jail.Kinds.Select(KindNames.Of))}) within {Duration.Write(jail.FindTime)}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class ExplanationJson : JsonSerializerContext;
