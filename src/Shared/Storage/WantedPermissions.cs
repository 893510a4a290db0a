using static System.IO.UnixFileMode;

namespace Uploader.Shared.Storage;

/// <summary>What everything below the root has to look like; every other bit (x, setuid, setgid, sticky, world) is drift.</summary>
internal sealed record WantedPermissions(uint UserId, uint GroupId)
{
    /// <summary>0640</summary>
    public const UnixFileMode FileMode = UserRead | UserWrite | GroupRead;

    /// <summary>0750, the root too</summary>
    public const UnixFileMode FolderMode = UserRead | UserWrite | UserExecute | GroupRead | GroupExecute;

    /// <summary>0700</summary>
    public const UnixFileMode StagingMode = UserRead | UserWrite | UserExecute;

    /// <summary>0600, until it is committed</summary>
    public const UnixFileMode StagedMode = UserRead | UserWrite;

    public Permissions File => new(FileMode, UserId, GroupId);

    public Permissions Folder => new(FolderMode, UserId, GroupId);

    /// <summary>The staging folder's group is whatever it is: 0700 gives it nothing.</summary>
    public Permissions Staging(in Statx found) => new(StagingMode, UserId, found.GroupId);
}
