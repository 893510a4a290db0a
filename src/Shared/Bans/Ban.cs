using System.Collections.Immutable;
using Uploader.Shared.Addresses;

namespace Uploader.Shared.Bans;

/// <summary>A client kept out from one moment to another, and why. Moments are Unix milliseconds.</summary>
internal sealed record Ban(Cidr Client, string Jail, long FromMs, long UntilMs)
{
    public const long Forever = long.MaxValue;

    /// <summary>The last moment that a date can write; a ban that would end later is for ever.</summary>
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Its number in the ledger, in the order the bans were written; 0 before.</summary>
    public long Id { get; init; }

    /// <summary>The earlier bans that lengthened it.</summary>
    public int EarlierBans { get; init; }

    public int Failures { get; init; }

    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    /// <summary>False when an operator wrote it, or the ledger lost who did.</summary>
    public bool IsBySweep { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>When an operator lifted it, before its end.</summary>
    public long? LiftedMs { get; init; }

    /// <summary>The end in effect: <see cref="UntilMs"/>, or earlier when lifted.</summary>
    public long EndMs => Math.Min(UntilMs, LiftedMs ?? Forever);

    public bool IsInForce(long nowMs) => LiftedMs is null && UntilMs > nowMs;

    /// <summary>The end of a ban of that length; null is for ever.</summary>
    public static long End(long fromMs, TimeSpan? duration)
    {
        if (duration is not { } length)
            return Forever;
        var end = (Int128)fromMs + (long)length.TotalMilliseconds;
        return end > LatestMs ? Forever : (long)Int128.Max(end, 0);
    }

    /// <summary>An end as an operator reads it: <c>2026-03-01T12:00:00Z</c>, or <c>for ever</c>.</summary>
    public static string Written(long untilMs) =>
        untilMs > LatestMs ? "for ever" : DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(untilMs, 0)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
