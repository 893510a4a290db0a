using System.Text.Json.Serialization;

namespace Uploader.Ctl.Checking;

/// <summary>What a check came to, as programs read it.</summary>
/// <param name="Notes">What is not wrong and should be known: what could not be checked, what is not there yet.</param>
internal sealed record CheckReport(bool IsGood, CheckFinding[] Findings, string[] Notes);

/// <summary>One thing that is wrong.</summary>
/// <param name="Subject">configuration, schedule, keys or paths.</param>
/// <param name="What">What it is and what would be right; never a secret.</param>
internal sealed record CheckFinding(string Subject, string What)
{
    public const string Configuration = "configuration";
    public const string Schedule = "schedule";
    public const string Keys = "keys";
    public const string Paths = "paths";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CheckReport))]
internal sealed partial class CheckJson : JsonSerializerContext;
