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
        var spent = Spent.Of(jail, history);
        var within = new Queue<long>(jail.MaxRetry);
        foreach (var at in failures)
        {
            if (spent.Contains(at))
                continue;
            while (within.Count > 0 && at - within.Peek() > findTime)
                within.Dequeue();
            within.Enqueue(at);
            if (within.Count >= jail.MaxRetry)
                return Earned(jail, client, at, history, random);
        }

        return null;
    }

    /// <summary>How many of the failures stand against the address at that moment: <c>MaxRetry</c> of them would be a ban.</summary>
    /// <param name="jail">The rule.</param>
    /// <param name="failures">Unix seconds of the failures of the jail's kinds.</param>
    /// <param name="history">As for <see cref="Judge"/>.</param>
    /// <param name="nowSeconds">When it is asked.</param>
    public static int Standing(Jail jail, ReadOnlySpan<long> failures, IReadOnlyList<Ban> history, long nowSeconds)
    {
        var spent = Spent.Of(jail, history);
        var count = 0;
        foreach (var at in failures)
        {
            if (nowSeconds - at <= (long)jail.FindTime.TotalSeconds && !spent.Contains(at))
                count++;
        }

        return count;
    }

    /// <summary>
    /// The bans that lengthen the next one of that jail, the latest first. As in fail2ban, whoever is lifted by hand has no record any more: only
    /// bans after the last lifted one count.
    /// </summary>
    public static IEnumerable<Ban> EarlierBans(Jail jail, IReadOnlyList<Ban> history) => history.Reverse()
        .TakeWhile(ban => ban.LiftedMs is null)
        .Where(ban => jail.OverallJails || ban.Jail == jail.Name);

    /// <summary>The bans that <paramref name="jail"/> counts as failures of kind <see cref="FailureKind.Ban"/>: those of sweeps, by other jails, not lifted.</summary>
    public static IEnumerable<Ban> CountedAsFailures(Jail jail, IEnumerable<Ban> history) =>
        history.Where(ban => ban.IsBySweep && ban.LiftedMs is null && ban.Jail != jail.Name);

    private static Ban Earned(Jail jail, Cidr client, long at, IReadOnlyList<Ban> history, double random)
    {
        var earlier = EarlierBans(jail, history).Count();
        var fromMs = at * 1000;
        return new Ban(client, jail.Name, fromMs, Ban.End(fromMs, BanArithmetic.Duration(jail, earlier, random)))
        {
            EarlierBans = earlier,
            Failures = jail.MaxRetry,
            IsBySweep = true,
        };
    }

    /// <summary>
    /// The failures that count no more. One up to the end of the jail's latest ban has been paid for: requests that were under way when the ban fell must
    /// not prolong it. One up to a lift is forgiven, in every jail: the operator let the address in, not the address as one jail sees it.
    /// </summary>
    private readonly record struct Spent(Ban? Latest, Ban? Lifted, long FindTime)
    {
        public static Spent Of(Jail jail, IReadOnlyList<Ban> history) => new(
            history.LastOrDefault(ban => ban.Jail == jail.Name),
            history.Where(ban => ban.LiftedMs is not null).MaxBy(ban => ban.LiftedMs),
            (long)jail.FindTime.TotalSeconds);

        public bool Contains(long at) => IsUpTo(at, Latest) || IsUpTo(at, Lifted);

        /// <summary>A failure long before that ban is none of its own: the clock was set back since, and those of today must count.</summary>
        private bool IsUpTo(long at, Ban? ban) =>
            ban is not null && at <= FloorToSeconds(ban.EndMs) && at >= FloorToSeconds(ban.FromMs) - FindTime;

        private static long FloorToSeconds(long ms) => Math.DivRem(ms, 1000).Quotient;
    }
}
