using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>The steps that make a staged file public, in the order that a power cut or a <c>kill -9</c> between any two forgives.</summary>
internal sealed class Committal(DatedFolders folders, Metadata metadata, uint? group, Durability durability)
{
    public StoredFile Publish(Folder staging, string stagedName, SafeFileHandle file, long length, StoredName name, FileDescription description, DateTimeOffset now)
    {
        // The group before the mode: a wrong group must not see the read bit even for a moment.
        Folder.GiveTo(file, group);
        Posix.ChangeMode(file, WantedPermissions.FileMode);
        metadata.Write(file, description, now);
        if (durability == Durability.Full)
            Posix.Sync(file);

        using var day = folders.Open(now);
        while (!Publication.TryRename(staging, stagedName, day, name.FileName))
            name = name.WithNewId();

        try
        {
            // Renaming goes by name. Had somebody got at the staging folder while its mode was wrong, this could be his link.
            if (!day.Holds(name.FileName, file))
                throw new PosixException("publish", Errno.Loop, day.PathOf(name.FileName));
            if (durability == Durability.Full)
                day.Sync();
        }
        catch
        {
            day.Unlink(name.FileName); // Not acknowledged, so it must not stay.
            throw;
        }

        return new StoredFile(name.Id, $"{DatedFolders.PathOf(now)}/{name.FileName}", length);
    }
}
