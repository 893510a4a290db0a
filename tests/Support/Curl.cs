using System.Globalization;
using System.Text.Json;

namespace Support;

/// <summary>What the real curl made of a request: <see cref="ExitCode"/> 0 means that it could read the answer to its end.</summary>
public sealed record CurlAnswer(int ExitCode, int Status, IReadOnlyDictionary<string, string> Headers, string Body, TimeSpan Time, string Complaint)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>A header's value, empty when it is not there.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    public override string ToString() => $"status {Status}, exit code {ExitCode} {Complaint}\n{Body}";
}

/// <summary>Runs the real curl, because how a client reads an early refusal is a matter of its own code, not of ours.</summary>
public static class Curl
{
    public static Task<CurlAnswer> Run(params IReadOnlyList<string> arguments) => Through([], arguments);

    /// <summary>Started by another program that takes the command as its last arguments.</summary>
    public static async Task<CurlAnswer> Through(IReadOnlyList<string> program, IReadOnlyList<string> arguments)
    {
        using var scratch = new Scratch();
        var (headers, body) = (scratch.Of("headers"), scratch.Of("body"));
        string[] always = ["--silent", "--show-error", "--max-time", "60", "--dump-header", headers, "--output", body];
        string[] command = [.. program, "curl", .. always, "--write-out", "%{stdout}%{http_code} %{time_total}\n", .. arguments];
        await using var curl = Child.Start(command[0], command[1..]);
        var exitCode = await curl.Exit(TimeSpan.FromSeconds(70));
        // The last line is ours; what stands before it is curl's complaint.
        var lines = curl.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var figures = lines.Single(line => line.Length > 4 && char.IsAsciiDigit(line[0]) && line[3] == ' ').Split(' ');
        return new CurlAnswer(
            exitCode,
            int.Parse(figures[0], CultureInfo.InvariantCulture),
            LastHeaders(File.Exists(headers) ? await File.ReadAllLinesAsync(headers) : []),
            File.Exists(body) ? await File.ReadAllTextAsync(body) : "",
            TimeSpan.FromSeconds(double.Parse(figures[1], CultureInfo.InvariantCulture)),
            string.Join('\n', lines.Where(line => line.StartsWith("curl:", StringComparison.Ordinal))));
    }

    /// <summary>Of several answers (100 Continue) the last one's.</summary>
    private static Dictionary<string, string> LastHeaders(string[] lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            if (line.StartsWith("HTTP/", StringComparison.Ordinal))
            {
                headers.Clear();
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        return headers;
    }
}
