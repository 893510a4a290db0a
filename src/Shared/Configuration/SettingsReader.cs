using Microsoft.Extensions.Configuration;

namespace Uploader.Shared.Configuration;

/// <summary>
/// Reads the configuration key by key and remembers every key it was asked for and everything that was wrong. One declaration in
/// an options class is thereby its binding, its default, its check and its line in <c>docs/configuration.md</c>, without reflection.
/// </summary>
internal sealed class SettingsReader
{
    private readonly IConfiguration _configuration;
    private readonly string _path;
    private readonly List<Setting> _settings;
    private readonly List<Finding> _findings;

    public SettingsReader(IConfiguration configuration)
        : this(configuration, "", [], [])
    {
    }

    private SettingsReader(IConfiguration configuration, string path, List<Setting> settings, List<Finding> findings)
    {
        _configuration = configuration;
        _path = path;
        _settings = settings;
        _findings = findings;
    }

    public IReadOnlyList<Setting> Settings => _settings;

    public IReadOnlyList<Finding> Findings => _findings;

    public SettingsReader Section(string name) => new(_configuration, KeyOf(name) + ":", _settings, _findings);

    /// <summary>The names that stand below this section.</summary>
    public IEnumerable<string> Names() => _configuration.GetSection(_path.TrimEnd(':')).GetChildren().Select(child => child.Key);

    /// <summary>The value of a key, or <paramref name="fallback"/> where it is not set or wrong (which is then a finding).</summary>
    public T Read<T>(string name, T fallback, Syntax<T> syntax, string about)
    {
        var key = KeyOf(name);
        _settings.Add(new Setting(key, syntax.Write(fallback), syntax.Expected, about));
        if (TextOf(key) is not { } text)
            return fallback;
        if (syntax.TryParse(text, out var value))
            return value;

        _findings.Add(new Finding(key, text, $"must be {syntax.Expected}"));
        return fallback;
    }

    /// <summary>For what ties two keys together.</summary>
    public void Require(bool right, string name, string value, string problem)
    {
        if (!right)
            _findings.Add(new Finding(KeyOf(name), value, problem));
    }

    /// <summary>A misspelt key would silently leave its default in force, so a key that nothing reads is a finding.</summary>
    public void RequireNoOtherKeys()
    {
        var known = _settings.Select(setting => setting.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in _configuration.AsEnumerable())
        {
            if (value is not null && !known.Contains(key) && !IsListItem(key, known))
                _findings.Add(new Finding(key, value, Nearest(key, known) is { } near ? $"is not a key; did you mean {near}?" : "is not a key"));
        }
    }

    /// <summary>A list may be a JSON array or one text with commas, so that an environment variable can hold it too.</summary>
    private string? TextOf(string key)
    {
        var section = _configuration.GetSection(key);
        if (section.Value is { } text)
            return text;
        var items = section.GetChildren().Select(child => child.Value).OfType<string>().ToArray();
        return items.Length == 0 ? null : string.Join(", ", items);
    }

    private string KeyOf(string name) => _path + name;

    private static bool IsListItem(string key, HashSet<string> known)
    {
        var colon = key.LastIndexOf(':');
        return colon > 0 && int.TryParse(key.AsSpan(colon + 1), out _) && known.Contains(key[..colon]);
    }

    private static string? Nearest(string key, IEnumerable<string> known)
    {
        var (nearest, distance) = known.Select(name => (name, Distance(key, name))).MinBy(pair => pair.Item2);
        return distance <= 4 ? nearest : null;
    }

    /// <summary>Levenshtein's, without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[b.Length];
    }
}
