using System.Text.Json.Serialization;
using Uploader.Web.Committing;
using Uploader.Web.Refusals;

namespace Uploader.Web.Reporting;

/// <summary>One stored file as the client is told.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="Type">The media type.</param>
/// <param name="OriginalSha256">Of what was sent, where metadata was dropped from it.</param>
/// <param name="MetadataStripped">Whether that is so; not there where it is not.</param>
/// <param name="Path">Below the uploads directory: <c>yyyy/MM/dd/&lt;id&gt;.&lt;ext&gt;</c>.</param>
internal sealed record Receipt(string Id, string Name, long Size, string Sha256, string Type, string Path, string? OriginalSha256 = null, bool? MetadataStripped = null)
{
    public static Receipt Of(FileOutcome outcome) =>
        new(outcome.Stored!.Id, outcome.Name, outcome.Size, outcome.Sha256!, outcome.Type!.MediaType, outcome.Stored.Path,
            outcome.SentSha256, outcome.SentSha256 is null ? null : true);
}

/// <summary>One file of several: a receipt, or why there is none.</summary>
internal sealed record FileReport(
    string Name, int Status, string? Id = null, long? Size = null, string? Sha256 = null, string? Type = null, string? Path = null, string? Error = null, string? Detail = null,
    string? OriginalSha256 = null, bool? MetadataStripped = null)
{
    public static FileReport Of(FileOutcome outcome) => outcome.Refusal is { } refusal
        ? new FileReport(outcome.Name, refusal.Status, Type: Problem.TypeOf(refusal), Error: refusal.Title, Detail: refusal.Detail)
        : new FileReport(outcome.Name, 201, outcome.Stored!.Id, outcome.Size, outcome.Sha256, outcome.Type!.MediaType, outcome.Stored.Path,
            OriginalSha256: outcome.SentSha256, MetadataStripped: outcome.SentSha256 is null ? null : true);
}

internal sealed record FileReports(IReadOnlyList<FileReport> Files);

/// <summary>RFC 9457, with <c>error</c> as the article's clients expect it.</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Error, string? TraceId = null, IReadOnlyList<FileReport>? Files = null)
{
    public const string MediaType = "application/problem+json";

    public static Problem Of(Refusal refusal) => new(TypeOf(refusal), refusal.Title, refusal.Status, refusal.Detail, refusal.Title);

    /// <summary>A fault: the journal has what happened, the client has where to look for it.</summary>
    public static Problem OfFault(string traceId) =>
        new("urn:fileuploader:fault", "Internal server error", 500, "The upload was not stored; the operator finds the reason by the trace id.", "Internal server error", traceId);

    public static string TypeOf(Refusal refusal) => "urn:fileuploader:" + (refusal.ToldAs ?? refusal.Code);
}

/// <summary>The answer of the health endpoints: a word in all, and one a part.</summary>
internal sealed record HealthReport(string Status, IReadOnlyDictionary<string, string> Parts)
{
    [JsonIgnore]
    public bool IsUp => Status == "up";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(FileReports))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class Wire : JsonSerializerContext;
