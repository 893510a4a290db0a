namespace Uploader.Shared.Storage;

/// <summary>What a file system can still take, in bytes.</summary>
/// <param name="FreeBytes">For us: without the blocks kept back for root.</param>
/// <param name="UsedBytes">By everything on that file system.</param>
internal readonly record struct FileSystemSpace(long FreeBytes, long UsedBytes)
{
    /// <exception cref="PosixException">The path is not there.</exception>
    public static FileSystemSpace Of(string path)
    {
        if (Libc.StatVfs(path, out var status) != 0)
            throw PosixException.Last("statvfs", DisplayPath.Of(path));
        return new FileSystemSpace((long)(status.BlocksAvailable * status.FragmentSize), (long)((status.Blocks - status.BlocksFree) * status.FragmentSize));
    }
}
