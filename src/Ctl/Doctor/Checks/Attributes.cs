using System.Runtime.InteropServices;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The file system keeps what is known of an upload beside it.</summary>
internal static class Attributes
{
    public static Check Check { get; } = Check.Asking(
        "extended-attributes", "The file system keeps extended attributes", "a user.uploader.* attribute on a file of our own in .incoming, removed again", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation) =>
        await examination.Wanted(cancellation) is { } wanted ? Look(examination.Root, wanted) : Diagnosis.NotMade("there is no such user or group", "systemd-sysusers");

    private static Diagnosis Look(string root, WantedPermissions wanted)
    {
        var name = StoredId.New();
        using var top = Folder.OpenRoot(root);
        using var staging = OpenStaging(top, wanted);
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

    /// <summary>Where nothing was uploaded yet there may be none: made as the service would make it.</summary>
    private static Folder OpenStaging(Folder top, WantedPermissions wanted)
    {
        var staging = top.OpenOrMake(UploadStore.StagingFolder, WantedPermissions.StagingMode, wanted.GroupId);
        if (Examination.IsRoot && Posix.Status(staging.Handle).UserId == Accounts.CurrentUser)
            Posix.ChangeOwner(staging.Handle, wanted.UserId, wanted.GroupId);
        return staging;
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
