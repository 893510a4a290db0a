using System.Text;

namespace Uploader.Ctl.Doctor.Hosts;

/// <summary>One <c>Key=value</c> of a unit, and the file it stands in.</summary>
internal sealed record Assignment(string Section, string Key, string Value, string File);

/// <summary>A unit as it is written: its file and its drop-ins one after the other, which is how systemd reads them (systemd.syntax(7)).</summary>
internal sealed record UnitText(IReadOnlyList<Assignment> Assignments)
{
    public static UnitText Read(IEnumerable<string> files) => new([.. files.SelectMany(file => Parse(file, File.ReadAllText(file)))]);

    public static IEnumerable<Assignment> Parse(string file, string text)
    {
        var section = "";
        foreach (var line in Joined(text))
        {
            if (line.StartsWith('[') && line.EndsWith(']'))
                section = line[1..^1];
            else if (line.IndexOf('=') is > 0 and var equals)
                yield return new Assignment(section, line[..equals].Trim(), line[(equals + 1)..].Trim(), file);
        }
    }

    /// <summary>All values in order since the last empty one, which takes back those before it; null when it was never assigned.</summary>
    public IReadOnlyList<string>? Values(string key)
    {
        List<string>? values = null;
        foreach (var assignment in Assignments.Where(assignment => assignment.Key == key))
        {
            values ??= [];
            if (assignment.Value.Length == 0)
                values.Clear();
            else
                values.Add(assignment.Value);
        }

        return values;
    }

    /// <summary>Values that are lists themselves, word by word.</summary>
    public IReadOnlyList<string>? Words(string key) => Values(key)?.SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();

    public string? Last(string key) => Values(key) is [.., var last] ? last : null;

    /// <summary>The file that assigned it last.</summary>
    public string? FileOf(string key) => Assignments.LastOrDefault(assignment => assignment.Key == key)?.File;

    private static IEnumerable<string> Joined(string text)
    {
        var joined = new StringBuilder();
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            // A comment within a continued line is left out and does not end it.
            if (line.StartsWith('#') || line.StartsWith(';'))
                continue;
            if (line.EndsWith('\\'))
            {
                joined.Append(line.AsSpan(0, line.Length - 1)).Append(' ');
                continue;
            }

            yield return joined.Append(line).ToString();
            joined.Clear();
        }
    }
}
