using System.Text.Json.Serialization;
using Uploader.Shared.Bans;

namespace Uploader.Ctl.Bans;

/// <summary>A ban as programs read it; times are UTC.</summary>
/// <param name="Address">An address or a CIDR range.</param>
/// <param name="Jail">The rule that banned it; <c>manual</c> for most of an operator's own.</param>
/// <param name="Until">Null is for ever.</param>
/// <param name="Lifted">When it was lifted, before its end; null when it was not.</param>
/// <param name="Failures">What earned it.</param>
/// <param name="EarlierBans">Those that lengthened it.</param>
/// <param name="By"><c>sweep</c> when failures earned it, <c>operator</c> when somebody wrote it.</param>
/// <param name="Comment">An operator's words.</param>
internal sealed record BanLine(
    string Address,
    string Jail,
    DateTimeOffset From,
    DateTimeOffset? Until,
    DateTimeOffset? Lifted,
    int Failures,
    int EarlierBans,
    string By,
    string Comment)
{
    public const string BySweep = "sweep";
    public const string ByOperator = "operator";

    public static BanLine Of(Ban ban) => new(
        ban.Client.ToString(),
        ban.Jail,
        DateTimeOffset.FromUnixTimeMilliseconds(ban.FromMs),
        Time(ban.UntilMs),
        ban.LiftedMs is { } lifted ? Time(lifted) : null,
        ban.Failures,
        ban.EarlierBans,
        ban.IsBySweep ? BySweep : ByOperator,
        ban.Comment);

    /// <summary>Null for an end that no calendar has.</summary>
    public static DateTimeOffset? Time(long ms) => ms > Latest ? null : DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(ms, 0));

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BanLine[]))]
[JsonSerializable(typeof(BanLine))]
[JsonSerializable(typeof(Lifting))]
internal sealed partial class BansJson : JsonSerializerContext;
