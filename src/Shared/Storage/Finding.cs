using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>Something in the tree that is not as it should be, with the handles to do something about it. Gone when the visitor returns.</summary>
internal readonly ref struct Finding(WalkPath path, SafeFileHandle at, ReadOnlySpan<byte> name, Statx found, Permissions wanted)
{
    private readonly ReadOnlySpan<byte> _name = name;

    public Statx Found { get; } = found;

    public Permissions Wanted { get; } = wanted;

    /// <summary>With the root, fit for display.</summary>
    public string Path => path.Show(_name);

    /// <summary>
    /// A handle that only names the inode. For a folder it is the walk's own, for anything else it is opened now and may therefore be
    /// something else than was <see cref="Found"/>. Null when it cannot be opened.
    /// </summary>
    public SafeFileHandle? Open(out bool isOurs, out int errno)
    {
        isOurs = !_name.IsEmpty;
        errno = 0;
        return isOurs ? Posix.TryOpenAt(at, _name, OpenFlags.PathOnly, out errno) : at;
    }
}

/// <summary>Hears of what a walk finds, as it finds it: before it enters a folder, so that one it may not enter can be repaired in time.</summary>
internal interface IDriftVisitor
{
    /// <summary>A regular file with one name, or a folder: mode, owner or group are not the wanted ones.</summary>
    void Drifted(in Finding finding);

    /// <summary>What has no place in the tree and is not ours to change.</summary>
    /// <param name="finding">Where.</param>
    /// <param name="kind">In the words of an event: "link", "FIFO", "mount point".</param>
    void Foreign(in Finding finding, string kind);
}
