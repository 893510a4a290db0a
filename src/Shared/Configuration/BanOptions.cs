using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Shared.Configuration;

/// <summary>Who is never banned, and the jails that ban the others.</summary>
internal sealed partial record BanOptions
{
    public AddressSet IgnoreIp { get; init; } = AddressSet.Loopback;

    public ImmutableArray<Jail> Jails { get; init; } = Jail.Defaults;

    private static readonly Syntax<TimeSpan> FromOneSecond = Syntax.DurationFrom(TimeSpan.FromSeconds(1));

    private static readonly Syntax<FailureKind> Kind =
        Syntax.OneOf([.. Enum.GetValues<FailureKind>().Select(kind => (KindNames.Of(kind), kind))]);

    private static readonly Syntax<ImmutableArray<FailureKind>> Kinds = new(
        "a list of some of auth, abuse, ban", TryKinds, kinds => string.Join(", ", kinds.Select(Kind.Write)));

    private static readonly Syntax<ImmutableArray<double>> Multipliers = new(
        "a list of numbers above 0 such as 1, 2, 4, 8", TryMultipliers, multipliers => string.Join(", ", multipliers));

    public static BanOptions Read(SettingsReader section)
    {
        var jails = section.Section("Jails");
        var added = jails.Names().Where(name => !Jail.Defaults.Any(jail => IsNamed(jail, name)));
        return new BanOptions
        {
            IgnoreIp = section.Read("IgnoreIp", AddressSet.Loopback, Syntax.Addresses, "Addresses and CIDR ranges that are never banned, whatever they do."),
            Jails =
            [
                .. Jail.Defaults.Select(jail => ReadJail(jails, jail)),
                .. added.Select(name => ReadJail(jails, new Jail { Name = name.ToLowerInvariant(), Kinds = [] })),
            ],
        };
    }

    private static Jail ReadJail(SettingsReader jails, Jail defaults)
    {
        jails.Require(JailName().IsMatch(defaults.Name), defaults.Name, "", "a jail is named with a-z, 0-9 and -");
        var section = jails.Section(defaults.Name);
        var jail = defaults with
        {
            Kinds = section.Read("Kinds", defaults.Kinds, Kinds, "The kinds of failure that count; `ban` is a ban by another jail."),
            MaxRetry = section.Read("MaxRetry", defaults.MaxRetry, Syntax.Count(1, 10_000), "So many failures within `FindTime` earn a ban."),
            FindTime = section.Read("FindTime", defaults.FindTime, FromOneSecond, "How far back failures count."),
            BanTime = section.Read("BanTime", defaults.BanTime, FromOneSecond.OrNone("-1"), "How long the first ban lasts; -1: for ever."),
            Increment = section.Read("Increment", defaults.Increment, Syntax.Switch, "Whether earlier bans lengthen the next: `BanTime × 2^min(n,20) × Factor` with n earlier ones."),
            Factor = section.Read("Factor", defaults.Factor, Syntax.Number(0.001, 1_000_000), "See `Increment`."),
            Multipliers = section.Read("Multipliers", defaults.Multipliers, Multipliers, "In place of the powers of two; the last one holds for all further bans."),
            MaxTime = section.Read("MaxTime", defaults.MaxTime, FromOneSecond.OrNone("none"), "No lengthened ban is longer than this, but for the random part."),
            RndTime = section.Read("RndTime", defaults.RndTime, Syntax.DurationFrom(TimeSpan.Zero), "A random part up to this is added to a lengthened ban."),
            OverallJails = section.Read("OverallJails", defaults.OverallJails, Syntax.Switch, "Whether earlier bans of every jail count for `Increment`."),
        };
        section.Require(!jail.Kinds.IsEmpty, "Kinds", "", "a jail needs at least one kind of failure");
        return jail;
    }

    private static bool IsNamed(Jail jail, string name) => jail.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool TryKinds(string text, out ImmutableArray<FailureKind> kinds)
    {
        var builder = ImmutableArray.CreateBuilder<FailureKind>();
        kinds = [];
        foreach (var item in Syntax.Items(text))
        {
            if (!Kind.TryParse(item, out var kind))
                return false;
            builder.Add(kind);
        }

        kinds = builder.ToImmutable();
        return !kinds.IsEmpty;
    }

    private static bool TryMultipliers(string text, out ImmutableArray<double> multipliers)
    {
        var builder = ImmutableArray.CreateBuilder<double>();
        multipliers = [];
        foreach (var item in Syntax.Items(text))
        {
            if (!Syntax.Number(0.001, 1_000_000).TryParse(item, out var multiplier))
                return false;
            builder.Add(multiplier);
        }

        multipliers = builder.ToImmutable();
        return true;
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JailName();
}
