using System.Text;
using Uploader.Ctl.Commands;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Uploads;

/// <summary>What an operator calls an upload: its id, or its path, or the path of a folder with uploads.</summary>
internal sealed class UploadName
{
    private readonly byte[] _bytes;
    private readonly bool _isId;

    private UploadName(string text, byte[] bytes, bool isId) => (Text, _bytes, _isId) = (text, bytes, isId);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <param name="text">An id, or a path, absolute or below <paramref name="root"/>.</param>
    /// <exception cref="NotDoneException">It can name nothing in the store.</exception>
    public static UploadName Parse(string text, string root)
    {
        if (StoredId.IsPossible(text))
            return new UploadName(text, Encoding.UTF8.GetBytes(text), isId: true);

        var below = text;
        if (text.StartsWith('/'))
        {
            below = text.TrimEnd('/');
            if (below != root && !below.StartsWith(root + "/", StringComparison.Ordinal))
                throw new NotDoneException($"{text} is not below {root}", ExitStatus.Usage);
            below = below[root.Length..].TrimStart('/');
        }

        below = below.TrimEnd('/');
        var names = below.Split('/');
        if (below.Length > 0 && names.Any(name => name is "" or "." or ".." || name.Contains('\0')))
            throw new NotDoneException($"'{text}' is neither an id nor a path below {root}", ExitStatus.Usage);
        return new UploadName(text, Encoding.UTF8.GetBytes(below), isId: false);
    }

    /// <summary>Whether something of that name may be in that folder or below it.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> folder) => _isId || IsWithin(_bytes, folder) || IsWithin(folder, _bytes);

    public bool Is(in FoundFile file) => _isId
        ? file.Name.Length > _bytes.Length && file.Name.StartsWith(_bytes) && file.Name[_bytes.Length] == '.'
        : IsWithin(file.Folder, _bytes) || IsPathOf(file);

    private bool IsPathOf(in FoundFile file) => file.Folder.IsEmpty
        ? file.Name.SequenceEqual(_bytes)
        : _bytes.Length == file.Folder.Length + 1 + file.Name.Length && _bytes.AsSpan().StartsWith(file.Folder)
            && _bytes[file.Folder.Length] == '/' && _bytes.AsSpan().EndsWith(file.Name);

    private static bool IsWithin(ReadOnlySpan<byte> path, ReadOnlySpan<byte> folder) =>
        folder.IsEmpty || (path.StartsWith(folder) && (path.Length == folder.Length || path[folder.Length] == '/'));
}
