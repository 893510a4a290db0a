using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Nobody but the service can write the ledger, or read whose addresses stand in it.</summary>
internal static class LedgerModes
{
    private const UnixFileMode Forbidden =
        UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.SetUser | UnixFileMode.SetGroup;

    public static Check Check { get; } = Check.Of("ledger-modes", "The ledger belongs to the service alone", "owner and mode of Ledger:Directory and the files in it", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var directory = examination.Options.Ledger.Directory;
        var user = await examination.ServiceUser(cancellation);
        if (Accounts.FindUser(user) is not { } id)
            return Diagnosis.Fail($"there is no user {user}", "systemd-sysusers");
        if (!Directory.Exists(directory))
            return Diagnosis.Fail($"{directory} is not there", "systemd-tmpfiles --create fileuploader.conf");
        string[] paths = [directory, .. Directory.EnumerateFileSystemEntries(directory)];
        return Diagnosis.Of(paths.Select(path => Inode.Of(path) is { } inode ? Judge(path, inode.Kind, inode.Permissions, id) : Diagnosis.Pass(path)), $"{paths.Length - 1} files of {user} in {directory}");
    }

    internal static Diagnosis Judge(string path, FileKind kind, Permissions found, uint user)
    {
        var name = Shell.Quote(path);
        if (kind is not (FileKind.Regular or FileKind.Folder))
            return Diagnosis.Fail($"{path} is neither a file nor a folder", $"rm -- {name}");
        return found.UserId == user && (found.Mode & Forbidden) == UnixFileMode.None
            ? Diagnosis.Pass(path)
            : Diagnosis.Fail($"{path} is {found}", $"chown {Accounts.UserName(user)}:{Accounts.UserName(user)} {name} && chmod {(kind == FileKind.Folder ? "0750" : "0600")} {name}");
    }
}
