using System.Text.Json;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>What came back.</summary>
/// <param name="Status">0: nothing did, see <paramref name="Trouble"/>; 100: the server wanted the body.</param>
/// <param name="Headers">The first value of each, of the answer and its content.</param>
/// <param name="Body">Its beginning.</param>
/// <param name="Trouble">Why there is no answer.</param>
internal sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Body, string? Trouble = null)
{
    public const int WantsBody = 100;

    /// <summary>For findings: the status, or why there is none.</summary>
    public string Said => Status == 0 ? $"nothing ({Trouble})" : Status == WantsBody ? "100, asking for the body" : $"{Status}";

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>A field of the JSON answer; null when there is none.</summary>
    public string? Field(string name)
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static Reply None(string trouble) => new(0, new Dictionary<string, string>(StringComparer.Ordinal), "", trouble);
}
