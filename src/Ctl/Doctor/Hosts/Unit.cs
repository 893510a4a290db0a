using System.Globalization;

namespace Uploader.Ctl.Doctor.Hosts;

/// <summary>A unit as systemd has loaded it: <c>systemctl show</c>, asked for a few properties.</summary>
internal sealed record Unit(string Name, IReadOnlyDictionary<string, string> Properties)
{
    public const string Web = "fileuploader-web.service";
    public const string Worker = "fileuploader-worker.service";
    public const string Socket = "fileuploader-web.socket";

    private static readonly string[] Asked =
    [
        "LoadState", "ActiveState", "SubState", "MainPID", "User", "ExecStart", "FragmentPath", "DropInPaths", "NeedDaemonReload", "EnvironmentFiles", "Listen", "NRestarts",
        "Result", "StatusText", "ExecMainStartTimestamp", "ActiveEnterTimestamp",
    ];

    public bool IsLoaded => Of("LoadState") == "loaded";

    public bool IsActive => Of("ActiveState") == "active";

    public int MainPid => int.TryParse(Of("MainPID"), out var pid) ? pid : 0;

    /// <summary>Empty in a unit without <c>User=</c>, which runs as root.</summary>
    public string User => Of("User");

    /// <summary>Of the first <c>ExecStart=</c>.</summary>
    public string? Program
    {
        get
        {
            var text = Of("ExecStart");
            var start = text.IndexOf("path=", StringComparison.Ordinal);
            return start < 0 ? null : text[(start + 5)..].Split(' ', ';')[0];
        }
    }

    public string FragmentPath => Of("FragmentPath");

    public IReadOnlyList<string> DropIns => Of("DropInPaths").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The files that its lines come from, in the order in which they count.</summary>
    public IEnumerable<string> Files => FragmentPath.Length == 0 ? DropIns : [FragmentPath, .. DropIns];

    public IEnumerable<string> EnvironmentFiles =>
        Of("EnvironmentFiles").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" (")[0]);

    /// <summary>What a socket unit listens on.</summary>
    public IEnumerable<string> Listens => Of("Listen").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" (")[0]);

    public string Of(string property) => Properties.GetValueOrDefault(property, "");

    /// <summary><c>Mon 2026-03-09 14:05:33 UTC</c>; null when it never was.</summary>
    public DateTimeOffset? TimeOf(string property) =>
        DateTimeOffset.TryParseExact(Of(property), "ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The command that shows what is wrong with a unit, where nothing else is known.</summary>
    public static string LookAt(string unit) => $"systemctl status {unit}; journalctl -u {unit} -n 50";

    /// <returns>Null when no systemd answers.</returns>
    public static async Task<Unit?> Ask(string name, CancellationToken cancellation) => (await Ask([name], cancellation))?[0];

    /// <returns>One for each name, in that order; null when no systemd answers.</returns>
    public static async Task<IReadOnlyList<Unit>?> Ask(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var answer = await Programs.Run("systemctl", ["show", .. names, .. Asked.Select(property => $"--property={property}")], cancellation, environment: [new("TZ", "UTC")]);
        if (answer is not { Status: 0 })
            return null;
        // An empty line between two units.
        var units = names.Zip(answer.Output.Split("\n\n"), Parse).ToList();
        return units.Count == names.Count ? units : null;
    }

    internal static Unit Parse(string name, string output)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n'))
        {
            if (line.IndexOf('=') is > 0 and var equals)
                // A property with several values has a line for each.
                properties[line[..equals]] = properties.TryGetValue(line[..equals], out var before) ? $"{before}\n{line[(equals + 1)..]}" : line[(equals + 1)..];
        }

        return new Unit(name, properties);
    }
}
