namespace Uploader.Shared.Bans;

/// <summary>How long a ban lasts: fail2ban's <c>bantime.increment</c> arithmetic, number for number.</summary>
internal static class BanArithmetic
{
    /// <summary>From then on no ban doubles again.</summary>
    public const int LargestExponent = 20;

    /// <summary>
    /// The length of a ban after <paramref name="earlierBans"/> earlier ones; null is for ever. The first is <c>BanTime</c> as it stands, not capped, without a
    /// random part. A result beyond what a <see cref="TimeSpan"/> holds (29,000 years) is for ever.
    /// </summary>
    /// <param name="jail">Whose words count.</param>
    /// <param name="earlierBans">0 for the first.</param>
    /// <param name="random">0 to below 1; the share of <c>RndTime</c> to add.</param>
    public static TimeSpan? Duration(Jail jail, int earlierBans, double random)
    {
        if (jail.BanTime is not { } banTime)
            return null;
        if (!jail.Increment || earlierBans <= 0)
            return banTime;

        var seconds = banTime.TotalSeconds * Multiplier(jail, earlierBans) * jail.Factor;
        if (jail.MaxTime is { } longest)
            seconds = Math.Min(seconds, longest.TotalSeconds);
        seconds += Math.Clamp(random, 0, 1) * jail.RndTime.TotalSeconds;

        // Not `seconds >= …`: it must hold for NaN too, which a factor of infinity can make.
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(seconds, 0)) : null;
    }

    /// <summary>What <c>BanTime</c> is multiplied by after that many earlier bans, before <c>Factor</c>.</summary>
    public static double Multiplier(Jail jail, int earlierBans) => jail.Multipliers.IsDefaultOrEmpty
        ? 1 << Math.Min(earlierBans, LargestExponent)
        : jail.Multipliers[Math.Min(earlierBans, jail.Multipliers.Length - 1)];
}
