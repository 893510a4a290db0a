using Uploader.Shared.Addresses;

namespace Uploader.Shared.Bans;

/// <summary>
/// Says whether an address has earned a ban. The answer follows from the failures and the bans before alone, never from when it is asked: a worker
/// that was down for an hour bans from and until the same moments as one that was not.
/// </summary>
internal static class BanPolicy
{
    /// <summary>The first ban that the failures earn, or null.</summary>
    /// <param name="jail">The rule.</param>
    /// <param name="client">Whose failures they are.</param>
    /// <param name="failures">Unix seconds of the failures of the jail's kinds, ascending.</param>
    /// <param name="history">The address's bans of every jail, in the order they were written.</param>
    /// <param name="random">0 to below 1, see <see cref="BanArithmetic"/>.</param>
    public static Ban? Judge(Jail jail, Cidr client, ReadOnlySpan<long> failures, IReadOnlyList<Ban> history, double random)
    {
        var findTime = (long)jail.FindTime.TotalSeconds;
        var latest = LatestOf(jail, history);
        var within = new Queue<long>(jail.MaxRetry);
        foreach (var at in failures)
        {
            if (latest is not null && IsSpent(at, latest, findTime))
                continue;
            while (within.Count > 0 && at - within.Peek() > findTime)
                within.Dequeue();
            within.Enqueue(at);
            if (within.Count >= jail.MaxRetry)
                return Earned(jail, client, at, history, random);
        }

        return null;
    }

    /// <summary>The bans that <paramref name="jail"/> counts as failures of kind <see cref="FailureKind.Ban"/>: those of sweeps, by other jails, not lifted.</summary>
    public static IEnumerable<Ban> CountedAsFailures(Jail jail, IEnumerable<Ban> history) =>
        history.Where(ban => ban.IsBySweep && ban.LiftedMs is null && ban.Jail != jail.Name);

    /// <summary>
    /// A failure up to the end of the latest ban has been paid for: requests that were under way when the ban fell must not prolong it, and one that was
    /// lifted starts from zero. A failure long before that ban is none of its own: the clock was set back since, and those of today must count.
    /// </summary>
    private static bool IsSpent(long at, Ban latest, long findTime) =>
        at <= FloorToSeconds(latest.EndMs) && at >= FloorToSeconds(latest.FromMs) - findTime;

    private static Ban Earned(Jail jail, Cidr client, long at, IReadOnlyList<Ban> history, double random)
    {
        var earlier = EarlierBans(jail, history);
        var fromMs = at * 1000;
        return new Ban(client, jail.Name, fromMs, Ban.End(fromMs, BanArithmetic.Duration(jail, earlier, random)))
        {
            EarlierBans = earlier,
            Failures = jail.MaxRetry,
            IsBySweep = true,
        };
    }

    /// <summary>As in fail2ban, whoever is lifted by hand has no record any more: only bans after the last lifted one lengthen the next.</summary>
    private static int EarlierBans(Jail jail, IReadOnlyList<Ban> history)
    {
        var count = 0;
        for (var i = history.Count - 1; i >= 0; i--)
        {
            if (!jail.OverallJails && history[i].Jail != jail.Name)
                continue;
            if (history[i].LiftedMs is not null)
                break;
            count++;
        }

        return count;
    }

    private static Ban? LatestOf(Jail jail, IReadOnlyList<Ban> history)
    {
        for (var i = history.Count - 1; i >= 0; i--)
        {
            if (history[i].Jail == jail.Name)
                return history[i];
        }

        return null;
    }

    private static long FloorToSeconds(long ms) => Math.DivRem(ms, 1000).Quotient;
}
