using Microsoft.Extensions.Logging;

namespace Uploader.Shared.Storage;

/// <summary>Where uploads end: stages them out of sight below the root and publishes them whole.</summary>
internal sealed class UploadStore
{
    public const string StagingFolder = ".incoming";

    private readonly string _root;
    private readonly uint? _group;
    private readonly Committal _committal;

    /// <param name="root">Exists already; the operator's path, links allowed.</param>
    /// <param name="group">Name or number of the group that may read. One that does not exist is a mistake of configuration, found before this.</param>
    /// <param name="durability">Whether a commit waits for the disk.</param>
    /// <param name="logger">Hears once when the file system keeps no extended attributes.</param>
    public UploadStore(string root, string group, Durability durability, ILogger<UploadStore> logger)
    {
        _root = root;
        _group = Accounts.FindGroup(group) ?? throw new ArgumentException($"There is no group '{group}'.", nameof(group));
        _committal = new Committal(new DatedFolders(root, _group, durability), new Metadata(root, logger), _group, durability);
    }

    /// <summary>A new empty file that nobody else sees, held by a lock until it is committed or disposed.</summary>
    /// <exception cref="PosixException">The disk is full, or what stands at <c>.incoming</c> is not a folder of ours.</exception>
    public StagedFile Stage()
    {
        var staging = OpenStaging();
        try
        {
            while (true)
            {
                var name = StoredId.New();
                var file = staging.TryCreate(name);
                if (file is null)
                    continue;

                // The sweep could hold it, should the clock jump between these two lines: then it removes it, and we take another.
                if (Posix.TryLock(file))
                    return new StagedFile(staging, name, file, _committal);
                file.Dispose();
            }
        }
        catch
        {
            staging.Dispose();
            throw;
        }
    }

    /// <summary>Two system calls' worth: asked for every request.</summary>
    public FileSystemSpace Space() => FileSystemSpace.Of(_root);

    private Folder OpenStaging()
    {
        using var root = Folder.OpenRoot(_root);
        var staging = root.OpenOrMake(StagingFolder, WantedPermissions.StagingMode, _group);
        try
        {
            var found = Posix.Status(staging.Handle).Permissions;

            // In somebody else's folder he could swap what we staged for a link, and publish /etc/shadow through us.
            if (found.UserId != Accounts.CurrentUser)
                throw new PosixException("Stage", Errno.AccessDenied, root.PathOf(StagingFolder));
            if (found.Mode != WantedPermissions.StagingMode)
                Posix.ChangeMode(staging.Handle, WantedPermissions.StagingMode);
            return staging;
        }
        catch
        {
            staging.Dispose();
            throw;
        }
    }
}
