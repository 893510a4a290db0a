using Uploader.Ctl.Commands;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Configuration;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Bans;

/// <summary>What an operator may ban, and how such a ban gets into the ledger.</summary>
internal static class BanOrder
{
    public const int LongestComment = 500;
    private const int WidestIpv4 = 8;
    private const int WidestIpv6 = 19;

    /// <summary>Why that range must not be banned, without a full stop; null when it may.</summary>
    /// <param name="range">The clients.</param>
    /// <param name="options">The configuration of the service.</param>
    /// <param name="isForced">A very wide range, or one that holds exempt clients beside others, is what the operator wants.</param>
    public static string? Objection(Cidr range, UploaderOptions options, bool isForced)
    {
        if (Exempting(range, options, isForced) is { } exempt)
            return exempt;
        var widest = range.IsIpv6 ? WidestIpv6 : WidestIpv4;
        return range.PrefixLength < widest && !isForced ? $"{range} is wider than /{widest}: say --force to ban it" : null;
    }

    /// <summary>
    /// Writes the ban, unless one of the same range and jail is there that ends no earlier. A ban that ends earlier gets the new end.
    /// </summary>
    public static Written Write(LedgerBatch ledger, Ban ban, long nowMs, bool mayShorten)
    {
        var known = ledger.Bans.Of(ban.Client).LastOrDefault(known => known.Jail == ban.Jail && known.IsInForce(nowMs));
        if (known is null)
        {
            ledger.Bans.Insert(ban);
            return Written.New;
        }

        var isSame = known.UntilMs == ban.UntilMs && known.Comment == ban.Comment;
        if (isSame || (known.UntilMs >= ban.UntilMs && !mayShorten))
            return Written.WasThere;
        ledger.Bans.Amend(known with { UntilMs = ban.UntilMs, Comment = ban.Comment.Length > 0 ? ban.Comment : known.Comment });
        return Written.Amended;
    }

    /// <summary>What says that the client is never banned, as the gate asks it; null when nothing does.</summary>
    public static string? ExemptBy(Cidr client, UploaderOptions options) => Exempt(options)
        .Where(exempt => exempt.Range.Contains(client) || client.Contains(exempt.Range))
        .Select(exempt => $"{exempt.Setting} lists {exempt.Range}")
        .FirstOrDefault();

    private static string? Exempting(Cidr range, UploaderOptions options, bool isForced)
    {
        foreach (var (setting, exempt) in Exempt(options))
        {
            if (exempt.Contains(range))
                return $"{range} is never banned: {setting} lists {exempt}";
            if (range.Contains(exempt) && !isForced)
                return $"{range} holds {exempt}, which {setting} lists: it would not be kept out. Say --force to ban the others";
        }

        return null;
    }

    private static IEnumerable<(string Setting, Cidr Range)> Exempt(UploaderOptions options) =>
    [
        .. options.Bans.IgnoreIp.Ranges.Select(range => ("Bans:IgnoreIp", range)),
        .. options.Proxies.Trusted.Ranges.Select(range => ("Proxies:Trusted", range)),
    ];
}

/// <summary>What became of a ban that was to be written.</summary>
internal enum Written
{
    New,
    Amended,
    WasThere,
}
