using Uploader.Shared.Addresses;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Bans;

/// <summary>Says how much the web process knows of what the ledger has.</summary>
internal static class WebTiers
{
    /// <summary>Within a batch, so that the ledger cannot run ahead of the answer.</summary>
    public static WebTier Of(LedgerBatch ledger, Cidr client, string directory)
    {
        if (BanListMark.Read(directory) is not { } place)
            return WebTier.Unknown;
        var isCurrent = place.Generation == ledger.Generation && !ledger.Bans.ChangedSince(place.Revision).Any(ban => ban.Client == client);
        return isCurrent ? WebTier.Current : WebTier.NotYet;
    }
}
