namespace Uploader.Shared.Storage;

/// <summary>Puts a new file in the place of an old one: whoever reads at any moment, or after a power cut, finds the whole old or the whole new one.</summary>
internal static class FileReplacement
{
    /// <param name="folder">Where both are.</param>
    /// <param name="name">Of the file; need not be there yet.</param>
    /// <param name="content">All of it.</param>
    /// <param name="permissions">Of the new file.</param>
    /// <exception cref="PosixException">The old file is as it was, and nothing else is left.</exception>
    public static void Write(Folder folder, string name, ReadOnlySpan<byte> content, Permissions permissions)
    {
        var temporary = $".{name}.{StoredId.New()}";
        // Of mode 0600 until its owner is right.
        using var file = folder.TryCreate(temporary) ?? throw new PosixException("openat", Errno.Exists, folder.PathOf(temporary));
        try
        {
            var made = Posix.Status(file).Permissions;
            if ((made.UserId, made.GroupId) != (permissions.UserId, permissions.GroupId))
                Posix.ChangeOwner(file, permissions.UserId, permissions.GroupId);
            Posix.ChangeMode(file, permissions.Mode);
            var offset = 0L;
            Posix.WriteAll(file, content, ref offset);
            Posix.Sync(file);
            folder.Replace(temporary, name);
        }
        catch
        {
            folder.Unlink(temporary);
            throw;
        }

        folder.Sync();
    }
}
