using Uploader.Web.Authentication;
using Uploader.Web.Banning;
using Uploader.Web.RateLimiting;

namespace Uploader.Web.Health;

/// <summary>What <c>systemctl status</c> shows of the web process.</summary>
internal sealed class StatusSentence(KeyWatch keys, BanList bans, ConcurrencyGate uploads)
{
    public string Say() => keys.KeysInForce == 0
        ? "No key is in force: every upload is refused"
        : $"{uploads.Count} uploads under way, {keys.KeysInForce} keys, {bans.Count} bans in memory";
}
