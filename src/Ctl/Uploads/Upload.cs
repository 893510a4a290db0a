using Microsoft.Win32.SafeHandles;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Uploads;

/// <summary>A file of the store with what is known of it.</summary>
/// <param name="Path">Below the uploads directory, fit for display.</param>
/// <param name="Id">Null when its name is not one that the service gives.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Known">From its extended attributes.</param>
/// <param name="Modified">When its content last changed, as far as its file system tells.</param>
internal sealed record Upload(string Path, string? Id, long Bytes, StoredMetadata Known, DateTimeOffset Modified, Permissions Permissions)
{
    /// <summary>When it was stored; of a file that does not say, when it was last changed.</summary>
    public DateTimeOffset At => Known.At ?? Modified;

    /// <exception cref="PosixException">Its attributes cannot be read.</exception>
    public static Upload Of(in FoundFile file, SafeFileHandle handle)
    {
        var status = Posix.Status(handle, Statx.Verdict | Statx.ModifiedTime);
        return new(file.Path, IdOf(file.Name), (long)status.Size, StoredMetadata.Of(handle), status.Modified, status.Permissions);
    }

    /// <summary>The id in a name such as <c>&lt;id&gt;.png</c>; null when there is none.</summary>
    public static string? IdOf(ReadOnlySpan<byte> name)
    {
        if (name.Length <= StoredId.Length || name[StoredId.Length] != '.')
            return null;
        var id = System.Text.Encoding.UTF8.GetString(name[..StoredId.Length]);
        return StoredId.IsPossible(id) ? id : null;
    }
}
