using System.Text.Json.Serialization;

namespace Uploader.Ctl.Doctor;

/// <summary>A check with its outcome, as programs read it.</summary>
/// <param name="Looked">What was looked at.</param>
/// <param name="Verdict"><c>pass</c>, <c>warn</c> or <c>fail</c>.</param>
/// <param name="Finding">What is so.</param>
/// <param name="Mend">The command that mends it; null when nothing has to be.</param>
internal sealed record DoctorLine(string Id, string Title, string Looked, string Verdict, string Finding, string? Mend)
{
    public static DoctorLine Of(Check check, Diagnosis diagnosis) => new(
        check.Id, check.Title, check.Looked, NameOf(diagnosis.Rating), diagnosis.Finding, diagnosis.Mend);

    public static string NameOf(Rating rating) => rating switch
    {
        Rating.Pass => "pass",
        Rating.Warn => "warn",
        _ => "fail",
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DoctorLine[]))]
internal sealed partial class DoctorJson : JsonSerializerContext;
