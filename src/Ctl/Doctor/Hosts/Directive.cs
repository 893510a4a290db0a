namespace Uploader.Ctl.Doctor.Hosts;

/// <summary>How a directive of the sandbox compares: what makes it weaker than it was shipped.</summary>
/// <param name="Key">As in systemd.exec(5).</param>
/// <param name="IsWeaker">Live against shipped.</param>
internal sealed record Directive(string Key, Func<UnitText, UnitText, bool> IsWeaker)
{
    private static readonly string[] Yes = ["yes", "true", "on", "1"];

    public static Directive Switch(string key) => new(key, (live, shipped) => IsOn(shipped.Last(key)) && !IsOn(live.Last(key)));

    /// <param name="levels">The weakest first.</param>
    public static Directive Level(string key, params string[] levels) =>
        new(key, (live, shipped) => Array.IndexOf(levels, Normal(live.Last(key))) < Array.IndexOf(levels, Normal(shipped.Last(key))));

    public static Directive Exactly(string key) => new(key, (live, shipped) => !SameWords(live.Words(key), shipped.Words(key)));

    /// <summary>A list of what is allowed: more is weaker, and so is none, which allows everything.</summary>
    public static Directive Allows(string key) => new(key, (live, shipped) =>
        shipped.Words(key) is { } allowed && (live.Words(key) is not { } words || words.Except(allowed, StringComparer.Ordinal).Any()));

    /// <summary>A list of what is given: more is weaker.</summary>
    public static Directive Gives(string key) => new(key, (live, shipped) => (live.Words(key) ?? []).Except(shipped.Words(key) ?? [], StringComparer.Ordinal).Any());

    /// <summary>A list of what is forbidden: less is weaker.</summary>
    public static Directive Forbids(string key) => new(key, (live, shipped) => (shipped.Words(key) ?? []).Except(live.Words(key) ?? [], StringComparer.Ordinal).Any());

    /// <summary>Lines that build on each other: what is taken away after the shipped ones is stronger, anything else may be weaker.</summary>
    public static Directive Filter(string key) => new(key, (live, shipped) =>
    {
        var (now, then) = (live.Values(key) ?? [], shipped.Values(key) ?? []);
        return !now.Take(then.Count).SequenceEqual(then) || now.Skip(then.Count).Any(line => !line.StartsWith('~'));
    });

    private static bool IsOn(string? value) => value is not null && Yes.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static string Normal(string? value) => value is null ? "no" : IsOn(value) ? "yes" : value;

    private static bool SameWords(IReadOnlyList<string>? live, IReadOnlyList<string>? shipped) => (live ?? []).SequenceEqual(shipped ?? [], StringComparer.Ordinal);
}
