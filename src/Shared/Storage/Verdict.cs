namespace Uploader.Shared.Storage;

/// <summary>Whose an inode in the tree is: ours to repair, or foreign, and then of which kind.</summary>
internal static class Verdict
{
    public const string MountPoint = "mount point";

    public const string HardLink = "file with other names (hard links)";

    /// <summary>Null when it is a regular file with one name or a folder. Files with several names are told apart by <see cref="IsHardLinked"/>.</summary>
    public static string? ForeignKind(in Statx found) => found.IsMountPoint ? MountPoint : found.Kind switch
    {
        FileKind.Regular or FileKind.Folder => null,
        FileKind.Link => "link",
        FileKind.Fifo => "FIFO",
        FileKind.Socket => "socket",
        FileKind.CharacterDevice => "character device",
        FileKind.BlockDevice => "block device",
        _ => "object of unknown type",
    };

    /// <summary>The other name may be outside the tree: to change the mode here would change it there.</summary>
    public static bool IsHardLinked(in Statx found) => found.IsRegular && found.Links > 1;
}
