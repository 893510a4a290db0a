using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Uploader.Shared.Storage;

namespace Uploader.Shared.Ledger;

/// <summary>Handles of the ledger's own files: its data, its log, its lock and its signals.</summary>
internal static class LedgerHandle
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Opens the file for reading and writing. A file that was not there is created with 0600 whatever the umask, and belongs to whom its directory
    /// belongs to: the first <c>sudo uploaderctl</c> must not leave a ledger that the service cannot open.
    /// </summary>
    /// <remarks>Not <see cref="File.OpenHandle"/>: it takes a shared flock(2) of its own on whatever it opens, and fails where an exclusive one is held.</remarks>
    /// <exception cref="PosixException">Neither there nor to be made.</exception>
    public static SafeFileHandle OpenOrCreate(string path)
    {
        while (true)
        {
            if (TryOpen(path, OpenFlags.ReadWrite, Errno.NoEntry) is { } found)
                return found;
            if (TryOpen(path, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive, Errno.Exists) is { } made)
                return MakeOurs(path, made);
        }
    }

    /// <summary>Null when it fails with that one errno.</summary>
    private static SafeFileHandle? TryOpen(string path, int flags, int expected)
    {
        int fd;
        do
            fd = Libc.Open(path, flags | OpenFlags.CloseOnExec, (uint)OwnerOnly);
        while (Posix.IsInterrupted(fd));
        if (fd >= 0)
            return new SafeFileHandle(fd, ownsHandle: true);
        return Marshal.GetLastPInvokeError() == expected ? null : throw PosixException.Last("open", path);
    }

    private static SafeFileHandle MakeOurs(string path, SafeFileHandle made)
    {
        try
        {
            Posix.ChangeMode(made, OwnerOnly);
            if (Environment.IsPrivilegedProcess)
                GiveToOwnerOf(Path.GetDirectoryName(path)!, made);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static void GiveToOwnerOf(string directory, SafeFileHandle made)
    {
        using var handle = Posix.Open(directory, OpenFlags.PathOnly | OpenFlags.Directory);
        var owner = Posix.Status(handle).Permissions;
        Posix.ChangeOwner(made, owner.UserId, owner.GroupId);
    }
}
