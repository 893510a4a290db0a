using Uploader.Shared.Addresses;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Uploads;

/// <summary>Which uploads are meant. What a folder's date or a file's path can tell is told before a file is opened.</summary>
internal sealed record UploadSelection
{
    private readonly HashSet<UploadName> _found = [];

    public DateTimeOffset? Since { get; init; }

    public string? Key { get; init; }

    /// <summary><c>image/png</c>, <c>image/*</c>, or the extension <c>png</c>.</summary>
    public string? Type { get; init; }

    public Cidr? From { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<UploadName> Names { get; init; } = [];

    /// <summary>Those of <see cref="Names"/> that no file had so far.</summary>
    public IEnumerable<UploadName> Missing => Names.Where(name => !_found.Contains(name));

    public bool MayHoldSome(ReadOnlySpan<byte> folder)
    {
        if (Since is { } since && DatedFolders.IsBefore(folder, since))
            return false;
        if (Names.Count == 0)
            return true;
        foreach (var name in Names)
        {
            if (name.MayBeIn(folder))
                return true;
        }

        return false;
    }

    public bool IsNamed(in FoundFile file)
    {
        var isNamed = Names.Count == 0;
        foreach (var name in Names)
        {
            if (!name.Is(file))
                continue;
            _found.Add(name);
            isNamed = true;
        }

        return isNamed;
    }

    public bool Includes(Upload upload) =>
        (Since is not { } since || upload.At >= since)
        && (Key is null || upload.Known.Key == Key)
        && (Type is null || IsOfType(upload))
        && (From is not { } from || (Cidr.TryParse(upload.Known.From, out var client) && from.Contains(client)));

    private bool IsOfType(Upload upload)
    {
        if (!Type!.Contains('/'))
            return upload.Path.EndsWith("." + Type.TrimStart('.'), StringComparison.OrdinalIgnoreCase);
        return Type.EndsWith("/*", StringComparison.Ordinal)
            ? upload.Known.Type?.StartsWith(Type[..^1], StringComparison.OrdinalIgnoreCase) == true
            : string.Equals(upload.Known.Type, Type, StringComparison.OrdinalIgnoreCase);
    }
}
