using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <param name="Bytes">Given back to the disk.</param>
/// <param name="Foreign">Names of what was left alone, at most 16 and fit for display: folders, mount points, what cannot be removed.</param>
internal sealed record StagingSwept(int Files, long Bytes, IReadOnlyList<string> Foreign);

/// <summary>
/// Removes from <c>.incoming</c> what no upload owns any more. Age alone cannot tell, a slow upload may be old; the lock that a live one
/// holds can, to the byte, and it died with the process that was killed.
/// </summary>
internal static class StagingSweep
{
    /// <summary>Between its creation and its lock a staged file has none: nothing this young is touched.</summary>
    public static readonly TimeSpan YoungestAge = TimeSpan.FromMinutes(1);

    private const int MostForeign = 16;

    /// <exception cref="PosixException">The root or the staging folder cannot be opened.</exception>
    public static StagingSwept Sweep(string root, DateTimeOffset now)
    {
        using var staging = TryOpenStaging(root);
        if (staging is null)
            return new StagingSwept(0, 0, []);

        var owner = Posix.Status(staging.Handle).UserId;
        var files = 0;
        var bytes = 0L;
        var foreign = new List<string>();
        var entries = new DirectoryEntries();
        while (entries.Read(staging.Handle))
        {
            foreach (var entry in entries)
            {
                var fate = Judge(staging.Handle, entry.Name, owner, now, out var found);
                if (fate == Fate.Abandoned)
                    fate = Remove(staging.Handle, entry.Name);
                if (fate == Fate.Foreign && foreign.Count < MostForeign)
                    foreign.Add(DisplayPath.Of(entry.Name[..^1]));
                if (fate != Fate.Removed)
                    continue;
                files++;
                bytes += found.IsRegular && found.Links == 1 ? found.UsedBytes : 0;
            }
        }

        return new StagingSwept(files, bytes, foreign);
    }

    private enum Fate
    {
        Kept,
        Abandoned,
        Removed,
        Foreign,
    }

    private static Fate Judge(SafeFileHandle staging, ReadOnlySpan<byte> name, uint owner, DateTimeOffset now, out Statx found)
    {
        found = default;
        using var handle = Posix.TryOpenAt(staging, name, OpenFlags.PathOnly, out _);
        if (handle is null)
            return Fate.Kept; // Committed or disposed of since it was listed.

        found = Posix.Status(handle, Statx.Verdict | Statx.ModifiedTime);
        if (found.IsFolder || found.IsMountPoint)
            return Fate.Foreign;

        // Uploads are files of ours from their first moment. Links, FIFOs, devices, and files of other accounts, who could hold a lock on
        // them for ever, were planted: removing the name touches nothing they lead to.
        if (!found.IsRegular || found.UserId != owner)
            return Fate.Abandoned;

        // Both ways: after the clock was set back, files from "the future" are not kept until it has caught up.
        if ((now - found.Modified).Duration() < YoungestAge)
            return Fate.Kept;

        using var file = Posix.Reopen(handle);
        return Posix.TryLock(file) ? Fate.Abandoned : Fate.Kept;
    }

    // What cannot be removed (chattr +i) is left and reported: one planted file must not keep the sweep from the rest.
    private static Fate Remove(SafeFileHandle staging, ReadOnlySpan<byte> name)
    {
        if (Libc.UnlinkAt(staging, in MemoryMarshal.GetReference(name), 0) == 0)
            return Fate.Removed;
        return Marshal.GetLastPInvokeError() == Errno.NoEntry ? Fate.Kept : Fate.Foreign;
    }

    private static Folder? TryOpenStaging(string root)
    {
        using var top = Folder.OpenRoot(root);
        try
        {
            return top.Open(UploadStore.StagingFolder);
        }
        catch (PosixException e) when (e.Errno == Errno.NoEntry)
        {
            return null; // Nothing was uploaded yet.
        }
    }
}
