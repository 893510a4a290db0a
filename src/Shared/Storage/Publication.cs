using System.Runtime.InteropServices;

namespace Uploader.Shared.Storage;

/// <summary>Gives a staged file its public name, all at once and never over another: <c>File.Move</c> checks first and renames then.</summary>
internal static class Publication
{
    /// <summary>False when the new name is taken, by whatever.</summary>
    public static bool TryRename(Folder from, string name, Folder to, string newName)
    {
        if (Libc.RenameAt2(from.Handle, name, to.Handle, newName, Libc.NoReplace) == 0)
            return true;

        return Marshal.GetLastPInvokeError() switch
        {
            Errno.Exists => false,
            // The file system does not know the flag (NFS, some FUSE ones), or a kernel filter not the call. Links do not replace either.
            Errno.InvalidArgument or Errno.NotImplemented => TryLink(from, name, to, newName),
            _ => throw PosixException.Last("renameat2", to.PathOf(newName)),
        };
    }

    /// <summary>A kill between its two steps leaves a whole file under both names; the staging sweep takes the staged one.</summary>
    public static bool TryLink(Folder from, string name, Folder to, string newName)
    {
        if (Libc.LinkAt(from.Handle, name, to.Handle, newName, 0) != 0)
            return Marshal.GetLastPInvokeError() == Errno.Exists ? false : throw PosixException.Last("linkat", to.PathOf(newName));
        from.Unlink(name);
        return true;
    }
}
