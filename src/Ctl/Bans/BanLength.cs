using System.Globalization;
using Uploader.Shared.Bans;
using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Bans;

/// <summary>Why a ban lasts as long as it does, as a line of arithmetic.</summary>
internal static class BanLength
{
    /// <summary>How long a ban of that jail is after so many earlier ones: <c>BanTime 10m × 2^3 × Factor 1 = 1h20m</c>.</summary>
    public static string Sentence(Jail jail, int earlierBans)
    {
        if (jail.BanTime is not { } banTime)
            return "BanTime -1: for ever";
        if (!jail.Increment || earlierBans == 0)
            return $"BanTime {Duration.Write(banTime)}";

        var multiplier = jail.Multipliers.IsDefaultOrEmpty
            ? $"2^{Math.Min(earlierBans, BanArithmetic.LargestExponent)}"
            : $"Multiplier {Number(BanArithmetic.Multiplier(jail, earlierBans))}";
        var uncapped = BanArithmetic.Duration(jail with { MaxTime = null }, earlierBans, 0);
        var length = BanArithmetic.Duration(jail, earlierBans, 0);
        var cap = length == uncapped ? "" : $", at most MaxTime {Duration.Write(jail.MaxTime!.Value)}";
        var random = jail.RndTime > TimeSpan.Zero ? $", and up to RndTime {Duration.Write(jail.RndTime)}" : "";
        return $"BanTime {Duration.Write(banTime)} × {multiplier} × Factor {Number(jail.Factor)} = {Written(uncapped)}{cap}{random}";
    }

    /// <summary>Whether that arithmetic gives this ban; if not, the configuration was changed since, or the ban.</summary>
    public static bool Explains(Jail jail, Ban ban)
    {
        var least = BanArithmetic.Duration(jail, ban.EarlierBans, 0);
        var most = BanArithmetic.Duration(jail, ban.EarlierBans, 1);
        return ban.UntilMs >= Ban.End(ban.FromMs, least) && ban.UntilMs <= Ban.End(ban.FromMs, most);
    }

    public static string Written(TimeSpan? length) => length is { } span ? Duration.Write(TimeSpan.FromSeconds((long)span.TotalSeconds)) : "for ever";

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
