using System.Text;
using Uploader.Ctl.Uploads;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Usage;

/// <summary>Files and the bytes they use, as the disk watch counts them: at most a file's length, and a file with several names once.</summary>
internal sealed record UsageLine(string? Name, long Files, long Bytes);

/// <summary>Sums what the store holds by one quality of its files.</summary>
internal sealed class UsageSums
{
    /// <summary>Names come from the store, where anybody may plant files: what is beyond so many different ones is summed together.</summary>
    private const int MostNames = 10_000;
    public const string Others = "others";

    private readonly Dictionary<string, (long Files, long Bytes)> _sums = new(StringComparer.Ordinal);
    private (long Files, long Bytes) _unknown;

    /// <param name="name">Null: the file does not say.</param>
    public void Add(string? name, long bytes)
    {
        if (name is null)
        {
            _unknown = (_unknown.Files + 1, _unknown.Bytes + bytes);
            return;
        }

        if (_sums.Count >= MostNames && !_sums.ContainsKey(name))
            name = Others;
        var sum = _sums.GetValueOrDefault(name);
        _sums[name] = (sum.Files + 1, sum.Bytes + bytes);
    }

    public UsageLine[] ByName() => [.. _sums.OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(LineOf), .. Unknown()];

    public UsageLine[] BySize() => [.. _sums.OrderByDescending(sum => sum.Value.Bytes).ThenBy(sum => sum.Key, StringComparer.Ordinal).Select(LineOf), .. Unknown()];

    private UsageLine[] Unknown() => _unknown.Files == 0 ? [] : [new(null, _unknown.Files, _unknown.Bytes)];

    private static UsageLine LineOf(KeyValuePair<string, (long Files, long Bytes)> sum) => new(sum.Key, sum.Value.Files, sum.Value.Bytes);
}

/// <summary>Walks the store and sums it by day, by type and by key.</summary>
/// <param name="since">Only days from then on; null: all.</param>
/// <param name="opens">Whether type and key are asked for: days are known without opening a file.</param>
internal sealed class UsageVisitor(DateTimeOffset? since, bool opens) : IFileVisitor
{
    public UsageSums Days { get; } = new();

    public UsageSums Types { get; } = new();

    public UsageSums Keys { get; } = new();

    public long Files { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Files without a key's name: the service did not store them, or their attributes are lost or cannot be read.</summary>
    public long UnattributedFiles { get; private set; }

    public long UnattributedBytes { get; private set; }

    public long Unread { get; private set; }

    public string? FirstUnread { get; private set; }

    public bool Enters(ReadOnlySpan<byte> folder) => since is not { } first || !DatedFolders.IsBefore(folder, first);

    public void Visit(in FoundFile file)
    {
        var bytes = file.UsedBytes;
        Files++;
        Bytes += bytes;
        Days.Add(DatedFolders.IsDay(file.Folder) ? Encoding.ASCII.GetString(file.Folder).Replace('/', '-') : null, bytes);
        if (!opens)
            return;

        var known = Read(file);
        Types.Add(known?.Type, bytes);
        Keys.Add(known?.Key, bytes);
        if (known?.Key is not null)
            return;
        UnattributedFiles++;
        UnattributedBytes += bytes;
    }

    public void Foreign(in Finding finding, string kind)
    {
    }

    public void LeftOut(string path, string reason)
    {
        Unread++;
        FirstUnread ??= $"{path} ({reason})";
    }

    private StoredMetadata? Read(in FoundFile file)
    {
        using var handle = file.TryOpen(out var reason);
        try
        {
            if (handle is not null)
                return StoredMetadata.Of(handle);
        }
        catch (PosixException e)
        {
            reason = e.Reason;
        }

        if (reason.Length > 0)
            LeftOut(file.Path, reason);
        return null;
    }
}
