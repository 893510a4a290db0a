using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Hosts;

/// <summary>An inode by its path, not through a link.</summary>
internal static class Inode
{
    /// <returns>Null when it is not there.</returns>
    public static Statx? Of(string path)
    {
        try
        {
            using var handle = Posix.Open(path, OpenFlags.PathOnly | OpenFlags.NoFollow);
            return Posix.Status(handle);
        }
        catch (PosixException e) when (e.Errno is Errno.NoEntry or Errno.NotADirectory)
        {
            return null;
        }
    }

    /// <summary>Whether that user could change it: as its owner, who may set any mode, or by its mode. The mode of a link says nothing.</summary>
    public static bool IsWritableBy(in Statx inode, uint user, IReadOnlyCollection<uint> groups)
    {
        var (mode, owner, group) = inode.Permissions;
        if (owner == user)
            return true;
        if (inode.Kind == FileKind.Link || (inode.IsFolder && mode.HasFlag(UnixFileMode.StickyBit)))
            return false;
        return mode.HasFlag(UnixFileMode.OtherWrite) || (mode.HasFlag(UnixFileMode.GroupWrite) && groups.Contains(group));
    }
}
