using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>An open directory of ours. Everything in it is reached by one name of our own making and never through a link.</summary>
internal sealed class Folder : IDisposable
{
    private readonly string _path;

    private Folder(SafeFileHandle handle, string path) => (Handle, _path) = (handle, path);

    public SafeFileHandle Handle { get; }

    /// <summary>The operator's own path: it may be, or lead through, a link.</summary>
    public static Folder OpenRoot(string path) => new(Posix.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory), DisplayPath.Of(path));

    /// <exception cref="PosixException">ENOTDIR or ELOOP when somebody planted a link or a file there.</exception>
    public Folder Open(string name) => new(OpenAt(name, OpenFlags.ReadOnly | OpenFlags.Directory), PathOf(name));

    /// <summary>Opens the folder; where it is missing, makes it with that mode, whatever the umask.</summary>
    public Folder OpenOrMake(string name, UnixFileMode mode, uint? group)
    {
        if (Libc.MkdirAt(Handle, name, (uint)mode) != 0)
            return Marshal.GetLastPInvokeError() == Errno.Exists ? Open(name) : throw PosixException.Last("mkdirat", PathOf(name));

        var made = Open(name);
        GiveTo(made.Handle, group);
        Posix.ChangeMode(made.Handle, mode);
        return made;
    }

    /// <summary>A new file of mode 0600, or null when the name is taken, be it by a dangling link.</summary>
    public SafeFileHandle? TryCreate(string name)
    {
        const int flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive;
        try
        {
            return OpenAt(name, flags, (uint)WantedPermissions.StagedMode);
        }
        catch (PosixException e) when (e.Errno == Errno.Exists)
        {
            return null;
        }
    }

    /// <summary>Gives a file the name of another, which is gone with it, all at once.</summary>
    public void Replace(string name, string replaced)
    {
        if (Libc.RenameAt2(Handle, name, Handle, replaced, 0) != 0)
            throw PosixException.Last("renameat2", PathOf(replaced));
    }

    /// <summary>Removes the name itself, never what it leads to; that it is gone already is fine.</summary>
    public void Unlink(string name)
    {
        if (Libc.UnlinkAt(Handle, name, 0) != 0 && Marshal.GetLastPInvokeError() != Errno.NoEntry)
            throw PosixException.Last("unlinkat", PathOf(name));
    }

    /// <summary>Whether the name leads to exactly that open file.</summary>
    public bool Holds(string name, SafeFileHandle file)
    {
        using var named = OpenAt(name, OpenFlags.PathOnly);
        return Posix.Status(named).IsSameInode(Posix.Status(file));
    }

    public void Sync() => Posix.Sync(Handle);

    public void Dispose() => Handle.Dispose();

    public string PathOf(string name) => $"{_path}/{name}";

    /// <summary>Gives the file to the group if we may; if not, the worker's permission sweep, which has CAP_CHOWN, does it later.</summary>
    public static void GiveTo(SafeFileHandle file, uint? group)
    {
        if (group is null || Posix.Status(file).GroupId == group)
            return;
        try
        {
            Posix.ChangeOwner(file, user: null, group);
        }
        catch (PosixException e) when (e.Errno == Errno.NotPermitted)
        {
        }
    }

    private SafeFileHandle OpenAt(string name, int flags, uint mode = 0)
    {
        int fd;
        do
            fd = Libc.OpenAt(Handle, name, flags | OpenFlags.NoFollow | OpenFlags.CloseOnExec, mode);
        while (Posix.IsInterrupted(fd));
        return fd < 0 ? throw PosixException.Last("openat", PathOf(name)) : new SafeFileHandle(fd, ownsHandle: true);
    }
}
