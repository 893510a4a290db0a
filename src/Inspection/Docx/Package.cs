using Uploader.Inspection.Zip;

namespace Uploader.Inspection.Docx;

/// <summary>The parts of the document, and what became known of them.</summary>
internal sealed class Package
{
    private readonly ZipEntry[] _entries;
    private readonly long _end;
    private readonly Dictionary<string, int> _byKey;
    private readonly PartKind[] _kinds;
    private readonly Dictionary<int, LinkIds> _links = [];

    /// <param name="entries">In the order in which they lie in the file.</param>
    /// <param name="end">Where the last of them must end.</param>
    /// <param name="inspector">Is told of names that are there twice, and of what is before the first entry.</param>
    public Package(ZipEntry[] entries, long end, Inspector inspector)
    {
        if (entries.Length == 0 || entries[0].Offset != 0)
            throw inspector.Broken(0, "no entry, or something before the first");
        _entries = entries;
        _end = end;
        _kinds = new PartKind[entries.Length];
        _byKey = new Dictionary<string, int>(entries.Length, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < entries.Length; i++)
        {
            if (!_byKey.TryAdd(EntryName.KeyOf(entries[i].Name), i))
                inspector.Break(Rules.DocxNames, entries[i].Offset, "a name that is there twice");
        }
    }

    public int Count => _entries.Length;

    /// <summary>Which part the package is opened with, as its relationships say.</summary>
    public int? Main { get; set; }

    /// <param name="name">Without a slash at its beginning.</param>
    /// <returns>Null: there is none.</returns>
    public int? Find(string name) => _byKey.TryGetValue(EntryName.KeyOf(name), out var part) ? part : null;

    public ref readonly ZipEntry Entry(int part) => ref _entries[part];

    /// <summary>Where the next entry begins, or what follows the last.</summary>
    public long EndOf(int part) => part + 1 < _entries.Length ? _entries[part + 1].Offset : _end;

    public PartKind KindOf(int part) => _kinds[part];

    /// <returns>False: it had one.</returns>
    public bool TrySetKind(int part, PartKind kind)
    {
        if (_kinds[part] != PartKind.None)
            return false;
        _kinds[part] = kind;
        return true;
    }

    /// <returns>Null: the part has none, as far as relationships were read.</returns>
    public LinkIds? LinksOf(int part) => _links.GetValueOrDefault(part);

    /// <returns>False: that is no id.</returns>
    public bool TryAddLink(int part, string id)
    {
        if (!_links.TryGetValue(part, out var links))
            _links.Add(part, links = new LinkIds());
        return links.TryAdd(id);
    }
}
