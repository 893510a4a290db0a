using System.Text.Json.Serialization;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Failures;

/// <summary>Failures of one client, kind and second, as programs read them.</summary>
/// <param name="At">UTC, to the second.</param>
/// <param name="Address">The client as the service counts it: an IPv6 address with its prefix.</param>
/// <param name="Kind"><c>auth</c> or <c>abuse</c>; <c>ban</c> where a ban was counted.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Code">Of the first one's refusal; of a ban, its jail.</param>
/// <param name="Path">What the first one asked for, as the client sent it.</param>
internal sealed record FailureLine(DateTimeOffset At, string Address, string Kind, int Count, string Code, string Path)
{
    public static FailureLine Of(FailureRow row) =>
        new(DateTimeOffset.FromUnixTimeSeconds(row.AtSeconds), row.Client.ToString(), KindNames.Of(row.Kind), row.Count, row.Code, row.Path);

    public static FailureLine Of(Cidr client, Evidence line) =>
        new(DateTimeOffset.FromUnixTimeSeconds(line.AtSeconds), client.ToString(), KindNames.Of(line.Kind), line.Count, line.Code, line.Path);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FailureLine[]))]
[JsonSerializable(typeof(FailureLine))]
[JsonSerializable(typeof(TrialReport))]
internal sealed partial class FailuresJson : JsonSerializerContext;
