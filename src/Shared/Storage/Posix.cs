using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>System calls on an open file. Each throws <see cref="PosixException"/>, and begins again where a signal interrupted it.</summary>
internal static class Posix
{
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int NoAutomount = 0x800; // AT_NO_AUTOMOUNT
    private const int LockExclusive = 2; // LOCK_EX
    private const int LockNonBlocking = 4; // LOCK_NB
    private const int LockNone = 8; // LOCK_UN
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Opens a path of our own or the operator's, links and all. Never one from below the root.</summary>
    public static SafeFileHandle Open(string path, int flags)
    {
        int fd;
        do
            fd = Libc.Open(path, flags | OpenFlags.CloseOnExec, 0);
        while (IsInterrupted(fd));
        return fd < 0 ? throw PosixException.Last("open", DisplayPath.Of(path)) : new SafeFileHandle(fd, ownsHandle: true);
    }

    /// <summary>Opens an entry of a folder, never through a link. Null, with the errno, when it cannot.</summary>
    /// <param name="name">Zero-terminated, as a directory holds it.</param>
    public static SafeFileHandle? TryOpenAt(SafeFileHandle folder, ReadOnlySpan<byte> name, int flags, out int errno)
    {
        int fd;
        do
            fd = Libc.OpenAt(folder, in MemoryMarshal.GetReference(name), flags | OpenFlags.NoFollow | OpenFlags.CloseOnExec, 0);
        while (IsInterrupted(fd));
        errno = fd < 0 ? Marshal.GetLastPInvokeError() : 0;
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    /// <summary>
    /// Opens for reading what <paramref name="pathOnly"/> names. The inode was judged before, so nothing else, no FIFO and no device, can be
    /// opened in its place.
    /// </summary>
    public static SafeFileHandle Reopen(SafeFileHandle pathOnly) => Open(ProcPath(pathOnly), OpenFlags.ReadOnly | OpenFlags.NonBlocking);

    public static Statx Status(SafeFileHandle file, uint mask = Statx.Verdict) =>
        Libc.StatX(file, in "\0"u8[0], EmptyPath, mask, out var status) == 0 ? status : throw PosixException.Last("statx", "handle");

    /// <param name="name">Zero-terminated, as a directory holds it.</param>
    /// <returns>0, or the errno.</returns>
    public static int TryStatus(SafeFileHandle folder, ReadOnlySpan<byte> name, out Statx status) =>
        Libc.StatX(folder, in MemoryMarshal.GetReference(name), NoFollow | NoAutomount, Statx.Verdict, out status) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public static void ChangeMode(SafeFileHandle file, UnixFileMode mode) => Check(Libc.FChmod(file, (uint)mode), "fchmod");

    /// <summary>
    /// Also on an <see cref="OpenFlags.PathOnly"/> handle, which fchmod(2) refuses. The magic link leads to that very inode and not to its
    /// name; fchmodat2(2), which would need no /proc, came with Linux 6.6 and Debian 12 has 6.1.
    /// </summary>
    public static void ChangeModeOfPathOnly(SafeFileHandle file, UnixFileMode mode) => Check(Libc.Chmod(ProcPath(file), (uint)mode), "chmod");

    /// <summary>Null leaves that one as it is.</summary>
    public static void ChangeOwner(SafeFileHandle file, uint? user, uint? group) =>
        Check(Libc.FChownAt(file, "", user ?? Unchanged, group ?? Unchanged, EmptyPath), "fchownat");

    /// <summary>fdatasync(2): the content without the times, for whose journal commit fsync(2) would wait.</summary>
    public static void SyncData(SafeFileHandle file)
    {
        int result;
        do
            result = Libc.FDataSync(file);
        while (IsInterrupted(result));
        Check(result, "fdatasync");
    }

    /// <summary>Renames within one folder; false when the new name is taken.</summary>
    public static bool TryRename(string from, string to)
    {
        using var folder = Open(Path.GetDirectoryName(from)!, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (Libc.RenameAt2(folder, Path.GetFileName(from), folder, Path.GetFileName(to), Libc.NoReplace) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == Errno.Exists ? false : throw PosixException.Last("renameat2", DisplayPath.Of(from));
    }

    public static void Sync(SafeFileHandle file)
    {
        int result;
        do
            result = Libc.FSync(file);
        while (IsInterrupted(result));
        Check(result, "fsync");
    }

    /// <summary>Takes the whole file for this handle; false when another handle, of any process, has it. Ends with the handle.</summary>
    public static bool TryLock(SafeFileHandle file)
    {
        if (Libc.FLock(file, LockExclusive | LockNonBlocking) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == Errno.WouldBlock ? false : throw PosixException.Last("flock", "handle");
    }

    public static void Unlock(SafeFileHandle file) => Check(Libc.FLock(file, LockNone), "flock");

    public static void WriteAll(SafeFileHandle file, ReadOnlySpan<byte> bytes, ref long offset)
    {
        while (!bytes.IsEmpty)
        {
            var written = Libc.PWrite(file, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length, offset);
            if (IsInterrupted(written))
                continue;
            Check(written, "pwrite");
            offset += written;
            bytes = bytes[(int)written..];
        }
    }

    /// <returns>Fewer bytes than asked for only at the end of the file.</returns>
    public static int Read(SafeFileHandle file, long offset, Span<byte> into)
    {
        var total = 0;
        while (total < into.Length)
        {
            var read = Libc.PRead(file, ref MemoryMarshal.GetReference(into[total..]), (nuint)(into.Length - total), offset + total);
            if (IsInterrupted(read))
                continue;
            Check(read, "pread");
            if (read == 0)
                break;
            total += (int)read;
        }

        return total;
    }

    /// <summary>A hint to the kernel that these pages are not needed again; whether it takes it makes no difference to anybody.</summary>
    public static void Forget(SafeFileHandle file, long offset, long length) => _ = Libc.FAdvise(file, offset, length, DontNeed);

    public static bool IsInterrupted(nint result) => result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted;

    private static void Check(nint result, string call)
    {
        if (result < 0)
            throw PosixException.Last(call, "handle");
    }

    private static string ProcPath(SafeFileHandle file) => $"/proc/self/fd/{file.DangerousGetHandle()}";
}
