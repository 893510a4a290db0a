using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Storage;

/// <summary>Writes what is known of a file onto it, as extended attributes <c>user.uploader.*</c> (xattr(7)).</summary>
internal sealed class Metadata(string root, ILogger logger)
{
    private int _isReported;

    /// <summary>On a file system that keeps no attributes the upload is worth more than its metadata: stored without, and said once.</summary>
    public void Write(SafeFileHandle file, FileDescription description, DateTimeOffset at)
    {
        try
        {
            Set(file, StoredMetadata.NameAttribute, description.Name);
            Set(file, StoredMetadata.Sha256Attribute, description.Sha256);
            if (description.SentSha256 is { } sent)
                Set(file, StoredMetadata.SentSha256Attribute, sent);
            Set(file, StoredMetadata.TypeAttribute, description.Type);
            Set(file, StoredMetadata.KeyAttribute, description.Key);
            Set(file, StoredMetadata.FromAttribute, description.From);
            Set(file, StoredMetadata.AtAttribute, at.UtcDateTime.ToString(StoredMetadata.AtFormat, CultureInfo.InvariantCulture));
        }
        catch (PosixException e) when (e.Errno == Errno.NotSupported)
        {
            if (Interlocked.Exchange(ref _isReported, 1) == 0)
                logger.MetadataUnsupported(DisplayPath.Of(root), e.Reason);
        }
    }

    private static void Set(SafeFileHandle file, string name, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        if (Libc.FSetXAttr(file, name, in MemoryMarshal.GetArrayDataReference(bytes), (nuint)bytes.Length, 0) != 0)
            throw PosixException.Last("fsetxattr", name);
    }
}
