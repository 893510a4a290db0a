using System.Collections.Immutable;

namespace Uploader.Shared.Bans;

/// <summary>One rule by which failures become a ban, in fail2ban's words (<c>man 5 jail.conf</c>).</summary>
internal sealed record Jail
{
    /// <summary>The jail an operator's own bans belong to.</summary>
    public const string Manual = "manual";

    public required string Name { get; init; }

    /// <summary>What it counts. Kinds of one jail add up.</summary>
    public required ImmutableArray<FailureKind> Kinds { get; init; }

    /// <summary>That many failures within <see cref="FindTime"/> are a ban.</summary>
    public int MaxRetry { get; init; } = 5;

    public TimeSpan FindTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the first ban lasts; null is for ever, which fail2ban writes <c>-1</c>.</summary>
    public TimeSpan? BanTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a returning address is banned for longer each time.</summary>
    public bool Increment { get; init; }

    public double Factor { get; init; } = 1;

    /// <summary>Given, they take the place of the powers of two; the n-th earlier ban takes the n-th, counted from 0, the last one stays.</summary>
    public ImmutableArray<double> Multipliers { get; init; } = [];

    /// <summary>The longest an incremented ban lasts, before the random part.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>An incremented ban gets up to that much on top, so that clever clients cannot compute its end.</summary>
    public TimeSpan RndTime { get; init; }

    /// <summary>Whether earlier bans of other jails lengthen this one's too.</summary>
    public bool OverallJails { get; init; }

    public static ImmutableArray<Jail> Defaults { get; } =
    [
        new()
        {
            Name = "auth",
            Kinds = [FailureKind.Auth],
            MaxRetry = 5,
            FindTime = TimeSpan.FromMinutes(10),
            BanTime = TimeSpan.FromMinutes(10),
            Increment = true,
            MaxTime = TimeSpan.FromDays(7),
        },
        new()
        {
            Name = "abuse",
            Kinds = [FailureKind.Abuse],
            MaxRetry = 10,
            FindTime = TimeSpan.FromMinutes(10),
            BanTime = TimeSpan.FromHours(1),
            Increment = true,
            MaxTime = TimeSpan.FromDays(7),
        },
        new()
        {
            Name = "recidive",
            Kinds = [FailureKind.Ban],
            MaxRetry = 5,
            FindTime = TimeSpan.FromDays(1),
            BanTime = TimeSpan.FromDays(7),
        },
    ];
}
