using System.Runtime.InteropServices;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The file system keeps what is known of an upload beside it.</summary>
internal static class Attributes
{
    public static Check Check { get; } = Check.Asking(
        "extended-attributes", "The file system keeps extended attributes", "a user.uploader.* attribute on a file of our own in .incoming, removed again", (examination, _) => Task.FromResult(Look(examination.Root)));

    private static Diagnosis Look(string root)
    {
        var name = StoredId.New();
        using var top = Folder.OpenRoot(root);
        using var staging = top.Open(UploadStore.StagingFolder);
        using var file = staging.TryCreate(name);
        if (file is null)
            return Diagnosis.NotMade("the name of the probe is taken", "uploaderctl doctor");
        try
        {
            return Judge(root, Libc.FSetXAttr(file, StoredMetadata.NameAttribute, in "doctor"u8[0], 6, 0) == 0 ? 0 : Marshal.GetLastPInvokeError());
        }
        finally
        {
            staging.Unlink(name);
        }
    }

    internal static Diagnosis Judge(string root, int errno) => errno switch
    {
        0 => Diagnosis.Pass($"{root} keeps them"),
        Errno.NotSupported => Diagnosis.Fail(
            $"{root} keeps none: names, digests, types and keys of uploads are lost",
            "# move the uploads to a file system with user attributes: ext4, xfs, btrfs, or tmpfs from Linux 6.6 on"),
        _ => Diagnosis.Fail(PosixException.Describe("fsetxattr", errno), $"# look at the file system of {root}: df, dmesg"),
    };
}
