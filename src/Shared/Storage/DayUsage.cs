using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>What was stored on one UTC day under each key's name, as the files of that day themselves tell.</summary>
internal static class DayUsage
{
    /// <returns>Bytes by the name of the key. What is not a file of ours, or names no key, is left out.</returns>
    /// <param name="root">The operator's path, links allowed.</param>
    /// <param name="day">Any instant of it.</param>
    /// <param name="cancellation">Asked once a batch of entries.</param>
    /// <exception cref="PosixException">Something could not be read, so the sums would be too small. A day that has no folder yet is empty.</exception>
    public static Dictionary<string, long> ByKey(string root, DateTimeOffset day, CancellationToken cancellation)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        using var folder = TryOpen(root, DatedFolders.PathOf(day));
        if (folder is null)
            return sums;

        var entries = new DirectoryEntries();
        while (entries.Read(folder.Handle))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var entry in entries)
                Add(folder.Handle, entry.Name, sums);
        }

        return sums;
    }

    private static Folder? TryOpen(string root, string path)
    {
        var folder = Folder.OpenRoot(root);
        foreach (var name in path.Split('/'))
        {
            using var parent = folder;
            try
            {
                folder = parent.Open(name);
            }
            catch (PosixException e) when (e.Errno == Errno.NoEntry)
            {
                return null;
            }
        }

        return folder;
    }

    private static void Add(SafeFileHandle folder, ReadOnlySpan<byte> name, Dictionary<string, long> sums)
    {
        using var found = Posix.TryOpenAt(folder, name, OpenFlags.PathOnly, out var errno);
        if (found is null)
        {
            if (errno != Errno.NoEntry) // Removed since.
                throw new PosixException("openat", errno, DisplayPath.Of(name[..^1]));
            return;
        }

        // Ours alone: the attributes of a file that somebody planted say what he likes, and could use up another's quota.
        var status = Posix.Status(found);
        if (!status.IsRegular || status.UserId != Accounts.CurrentUser)
            return;

        using var file = Posix.Reopen(found);
        if (StoredMetadata.KeyOf(file) is { } key)
            sums[key] = sums.GetValueOrDefault(key) + (long)status.Size;
    }
}
