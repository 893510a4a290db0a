using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Ledger;

/// <summary>The few system calls the ledger needs and .NET does not offer.</summary>
internal static partial class LedgerPosix
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int ReadWrite = 2;
    private const int CreateNew = 0x40 | 0x80;
    private const int CloseOnExec = 0x80000;

    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int Enoent = 2;
    private const int Eintr = 4;
    private const int Ewouldblock = 11;
    private const int Eexist = 17;

    private const int AtFdcwd = -100;
    private const uint RenameNoReplace = 1;

    private const uint StatxUidAndGid = 0x18;
    private const int StatxUidOffset = 20;
    private const int StatxGidOffset = 24;
    private const int StatxSize = 256;

    /// <summary>
    /// Opens the file for reading and writing. A file that was not there is created with 0600 whatever the umask, and belongs to whom its directory
    /// belongs to: the first <c>sudo uploaderctl</c> must not leave a ledger that the service cannot open.
    /// </summary>
    /// <remarks>Not <see cref="File.OpenHandle"/>: it takes a shared flock(2) of its own on whatever it opens, and fails where an exclusive one is held.</remarks>
    public static SafeFileHandle OpenOrCreate(string path)
    {
        while (true)
        {
            var descriptor = Open(path, ReadWrite | CloseOnExec, 0);
            if (descriptor >= 0)
                return new SafeFileHandle(descriptor, ownsHandle: true);
            if (Marshal.GetLastPInvokeError() != Enoent)
                throw Failed("open", path);

            descriptor = Open(path, ReadWrite | CloseOnExec | CreateNew, (uint)OwnerOnly);
            if (descriptor >= 0)
                return MakeOurs(path, new SafeFileHandle(descriptor, ownsHandle: true));
            if (Marshal.GetLastPInvokeError() != Eexist)
                throw Failed("open", path);
        }
    }

    /// <summary>Whether the exclusive flock(2) was free; it belongs to the handle and ends with it, or with the process, however that ends.</summary>
    public static bool TryLock(SafeFileHandle handle)
    {
        while (Flock(handle, LockExclusive | LockNonBlocking) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Eintr: continue;
                case Ewouldblock: return false;
                default: throw Failed("flock", "ledger.lock");
            }
        }

        return true;
    }

    /// <summary>False when <paramref name="to"/> is taken already.</summary>
    public static bool TryRename(string from, string to)
    {
        if (Renameat2(AtFdcwd, from, AtFdcwd, to, RenameNoReplace) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == Eexist ? false : throw Failed("renameat2", from);
    }

    /// <summary>fdatasync(2): what was written is on disk. Without the times, whose journal commit fsync(2) would wait for at each batch.</summary>
    public static void Sync(SafeFileHandle handle)
    {
        if (Fdatasync(handle) != 0)
            throw Failed("fdatasync", "ledger");
    }

    private static SafeFileHandle MakeOurs(string path, SafeFileHandle handle)
    {
        try
        {
            File.SetUnixFileMode(handle, OwnerOnly);
            if (Environment.IsPrivilegedProcess)
                GiveToOwnerOf(Path.GetDirectoryName(path)!, handle);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static unsafe void GiveToOwnerOf(string directory, SafeFileHandle handle)
    {
        var buffer = stackalloc byte[StatxSize];
        if (Statx(AtFdcwd, directory, 0, StatxUidAndGid, buffer) != 0)
            throw Failed("statx", directory);
        var stat = new ReadOnlySpan<byte>(buffer, StatxSize);
        if (Fchown(handle, BinaryPrimitives.ReadUInt32LittleEndian(stat[StatxUidOffset..]), BinaryPrimitives.ReadUInt32LittleEndian(stat[StatxGidOffset..])) != 0)
            throw Failed("fchown", directory);
    }

    private static IOException Failed(string call, string path) => new($"{call} {path}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle fd, int operation);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle fd);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int Fchown(SafeFileHandle fd, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Renameat2(int oldDirectory, string oldPath, int newDirectory, string newPath, uint flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);
}
