using System.IO.Enumeration;
using System.Net;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>Apache's configuration as it stands in its files, as far as virtual hosts and the way to the service go.</summary>
/// <param name="read">The text of a file.</param>
/// <param name="list">All files below a folder.</param>
internal sealed class ApacheConfiguration(string root, Func<string, string> read, Func<string, IEnumerable<string>> list)
{
    public const string DebianRoot = "/etc/apache2";

    private const int Deepest = 20;
    private readonly List<Site> _sites = [];
    private readonly Stack<Site> _open = new();

    public static ApacheConfiguration OfThisHost() => new(
        DebianRoot, File.ReadAllText, folder => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : []);

    /// <summary>The sites that pass uploads on, those with TLS first.</summary>
    /// <param name="path">Of the upload endpoint.</param>
    public IReadOnlyList<FrontServer> Fronts(string path)
    {
        var whole = new Site([]);
        _open.Push(whole);
        Read(Path.Join(root, "apache2.conf"), path, depth: 0);
        return
        [
            .. from site in _sites
               let way = site.Way ?? whole.Way
               where way is not null
               from listen in site.Listens
               select FrontServer.Of(FrontKind.Apache, site.Name, listen, site.IsTls, way) into front
               orderby front.IsTls descending
               select front,
        ];
    }

    private void Read(string file, string path, int depth)
    {
        foreach (var raw in read(file).Split('\n'))
        {
            var words = raw.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('"', '<', '>')).ToArray();
            if (words.Length > 0 && !words[0].StartsWith('#'))
                Take(words, file, path, depth);
        }
    }

    private void Take(string[] words, string file, string path, int depth)
    {
        var site = _open.Peek();
        switch (words[0].ToLowerInvariant())
        {
            case "virtualhost":
                _open.Push(new Site([.. words[1..].Select(EndOf).OfType<IPEndPoint>()]));
                break;
            case "/virtualhost":
                _sites.Add(_open.Pop());
                break;
            case "servername" when words.Length > 1:
                site.Name = words[1].Split(':')[0];
                break;
            case "sslengine" when words.Length > 1:
                site.IsTls = words[1].Equals("on", StringComparison.OrdinalIgnoreCase);
                break;
            case "proxypass" when words.Length > 2 && words[1].Length > 1 && path.StartsWith(words[1], StringComparison.Ordinal):
                site.Way = file;
                break;
            case "include" or "includeoptional" when words.Length > 1 && depth < Deepest:
                foreach (var included in Matching(words[1]))
                    Read(included, path, depth + 1);
                break;
        }
    }

    private IEnumerable<string> Matching(string pattern)
    {
        var full = pattern.StartsWith('/') ? pattern : Path.Join(root, pattern);
        return list(Path.GetDirectoryName(full)!)
            .Where(file => FileSystemName.MatchesSimpleExpression(full, file, ignoreCase: false) || file.StartsWith(full.TrimEnd('/') + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    /// <summary><c>*:443</c>, <c>192.0.2.1:80</c>, <c>[::1]:80</c>, <c>*</c>, <c>_default_:443</c>.</summary>
    private static IPEndPoint? EndOf(string word)
    {
        var any = word.Replace("_default_", "*", StringComparison.Ordinal).Replace("*", "0.0.0.0", StringComparison.Ordinal);
        if (!IPEndPoint.TryParse(any, out var end))
            return null;
        return end.Port == 0 ? new IPEndPoint(end.Address, 80) : end;
    }

    /// <summary>A virtual host while it is read, or what stands outside of all.</summary>
    private sealed class Site(IReadOnlyList<IPEndPoint> listens)
    {
        public IReadOnlyList<IPEndPoint> Listens { get; } = listens;

        public string Name { get; set; } = "";

        public bool IsTls { get; set; }

        /// <summary>The file in which uploads are passed on.</summary>
        public string? Way { get; set; }
    }
}
