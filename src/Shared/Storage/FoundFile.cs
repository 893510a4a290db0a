using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>A regular file that a walk came by. Gone when the visitor returns.</summary>
/// <param name="usedBytes">What it adds to <see cref="WalkReport.UsedBytes"/>: nothing for a further name of a file that was counted.</param>
internal readonly ref struct FoundFile(WalkPath path, SafeFileHandle folder, ReadOnlySpan<byte> name, Statx found, long usedBytes)
{
    private readonly ReadOnlySpan<byte> _name = name;

    public Statx Found { get; } = found;

    public long UsedBytes { get; } = usedBytes;

    /// <summary>As the directory holds it, without a terminating zero; any bytes but <c>/</c>.</summary>
    public ReadOnlySpan<byte> Name => _name[..^1];

    /// <summary>Of the folder, below the root: <c>2026/03/09</c>.</summary>
    public ReadOnlySpan<byte> Folder => path.BelowRoot;

    /// <summary>Below the root, fit for display.</summary>
    public string Path => DisplayPath.Of(Folder.IsEmpty ? Name : [.. Folder, (byte)'/', .. Name]);

    /// <summary>
    /// A handle for reading, of exactly what was <see cref="Found"/>. Null, with the reason, when it cannot be opened; the reason is empty when it was
    /// removed, or exchanged for another, since it was listed.
    /// </summary>
    public SafeFileHandle? TryOpen(out string reason)
    {
        using var named = Posix.TryOpenAt(folder, _name, OpenFlags.PathOnly, out var errno);
        reason = errno is 0 or Errno.NoEntry ? "" : PosixException.Describe("openat", errno);
        if (named is null)
            return null;
        try
        {
            return Posix.Status(named) is { IsRegular: true } held && held.IsSameInode(Found) ? Posix.Reopen(named) : null;
        }
        catch (PosixException e)
        {
            reason = e.Reason;
            return null;
        }
    }
}

/// <summary>Sees every regular file of a walk, hears of what is no such file, and says which folders are worth entering.</summary>
internal interface IFileVisitor
{
    /// <param name="folder">Below the root, as bytes: <c>2026/03</c>.</param>
    bool Enters(ReadOnlySpan<byte> folder);

    void Visit(in FoundFile file);

    /// <inheritdoc cref="IDriftVisitor.Foreign"/>
    void Foreign(in Finding finding, string kind);

    /// <summary>A place that could not be looked into.</summary>
    /// <param name="path">With the root, fit for display.</param>
    void LeftOut(string path, string reason);
}
