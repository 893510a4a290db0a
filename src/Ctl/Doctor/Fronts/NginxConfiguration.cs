using System.IO.Enumeration;
using System.Net;
using System.Text;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>What <c>nginx -T</c> prints: every file of the configuration, which include each other.</summary>
internal sealed class NginxConfiguration
{
    private const string FileMark = "# configuration file ";
    private const int Deepest = 20;

    private readonly List<(string Path, string Text)> _files = [];

    private NginxConfiguration(string dump)
    {
        var text = new StringBuilder();
        foreach (var line in dump.Split('\n'))
        {
            if (line.StartsWith(FileMark, StringComparison.Ordinal) && line.EndsWith(':'))
            {
                text = new StringBuilder();
                _files.Add((line[FileMark.Length..^1], ""));
            }
            else if (_files.Count > 0)
            {
                _files[^1] = (_files[^1].Path, text.Append(line).Append('\n').ToString());
            }
        }
    }

    /// <summary>The sites that pass uploads on, those with TLS first.</summary>
    /// <param name="dump">Standard output of <c>nginx -T</c>.</param>
    /// <param name="path">Of the upload endpoint.</param>
    public static IReadOnlyList<FrontServer> Fronts(string dump, string path)
    {
        var configuration = new NginxConfiguration(dump);
        if (configuration._files.Count == 0)
            return [];
        var whole = new NginxBlock([""], "", configuration.Parse(configuration._files[0].Path, depth: 0));
        var fronts = from server in whole.All("server").Where(server => server.Inner.Count > 0)
                     let way = server.All("location").LastOrDefault(location => PassesOn(location, path))
                     where way is not null
                     from listen in Listens(server)
                     select FrontServer.Of(FrontKind.Nginx, server.Named("server_name").FirstOrDefault()?.Words.ElementAtOrDefault(1) ?? "", listen.End, listen.IsTls, way.File);
        return [.. fronts.OrderByDescending(front => front.IsTls)];
    }

    private static bool PassesOn(NginxBlock location, string path) =>
        location.Words[^1] is { Length: > 1 } prefix && prefix[0] == '/' && path.StartsWith(prefix, StringComparison.Ordinal) && location.Named("proxy_pass").Any();

    private static IEnumerable<(IPEndPoint End, bool IsTls)> Listens(NginxBlock server)
    {
        var listens = server.Named("listen").Where(listen => listen.Words.Count > 1).ToList();
        if (listens.Count == 0)
            yield return (new IPEndPoint(IPAddress.Any, 80), false);
        foreach (var listen in listens)
        {
            if (EndOf(listen.Words[1]) is { } end)
                yield return (end, listen.Words.Contains("ssl"));
        }
    }

    /// <summary><c>443</c>, <c>127.0.0.1:443</c>, <c>[::]:443</c>, <c>192.0.2.1</c>; a name or a unix socket is none of them.</summary>
    private static IPEndPoint? EndOf(string word)
    {
        if (ushort.TryParse(word, out var port))
            return new IPEndPoint(IPAddress.Any, port);
        if (word.StartsWith("*:", StringComparison.Ordinal))
            return EndOf(word[2..]);
        if (!IPEndPoint.TryParse(word, out var end))
            return null;
        return end.Port == 0 ? new IPEndPoint(end.Address, 80) : end;
    }

    private List<NginxBlock> Parse(string path, int depth)
    {
        var words = Words(_files.First(file => file.Path == path).Text).GetEnumerator();
        return Parse(words, path, depth);
    }

    private List<NginxBlock> Parse(IEnumerator<string> tokens, string path, int depth)
    {
        var (blocks, words) = (new List<NginxBlock>(), new List<string>());
        while (tokens.MoveNext())
        {
            switch (tokens.Current)
            {
                case "\0;":
                    Add(blocks, new NginxBlock(words, path, []), depth);
                    words = [];
                    break;
                case "\0{":
                    Add(blocks, new NginxBlock(words, path, Parse(tokens, path, depth)), depth);
                    words = [];
                    break;
                case "\0}":
                    return blocks;
                default:
                    words.Add(tokens.Current);
                    break;
            }
        }

        return blocks;
    }

    private void Add(List<NginxBlock> blocks, NginxBlock block, int depth)
    {
        if (block.Words.Count == 0)
            return;
        if (block.Name != "include" || block.Words.Count < 2)
        {
            blocks.Add(block);
            return;
        }

        // Below the folder of the main file, as nginx does.
        var pattern = Path.Join(block.Words[1].StartsWith('/') ? "" : Path.GetDirectoryName(_files[0].Path), block.Words[1]);
        foreach (var (file, _) in _files.Where(file => depth < Deepest && FileSystemName.MatchesSimpleExpression(pattern, file.Path, ignoreCase: false)))
            blocks.AddRange(Parse(file, depth + 1));
    }

    /// <summary>Words, and marks (after a zero) for what ends or opens a directive.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '\'' && word.Length == 0)
            {
                for (i++; i < text.Length && text[i] != c; i++)
                    word.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
                yield return word.ToString();
                word.Clear();
                continue;
            }

            var ends = char.IsWhiteSpace(c) || c == ';' || c is '{' or '}' || (c == '#' && word.Length == 0);
            if (!ends)
            {
                word.Append(c);
                continue;
            }

            if (word.Length > 0)
                yield return word.ToString();
            word.Clear();
            if (c == '#')
                i = text.IndexOf('\n', i) is >= 0 and var end ? end : text.Length;
            else if (!char.IsWhiteSpace(c))
                yield return $"\0{c}";
        }
    }
}
