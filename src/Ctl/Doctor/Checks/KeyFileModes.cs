using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Configuration;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The service reads keys and configuration, only root writes them, nobody else sees them.</summary>
internal static class KeyFileModes
{
    private const UnixFileMode Forbidden = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static Check Check { get; } = Check.Of("key-file-modes", "Keys and configuration are root's, readable for the service alone", "owner, group and mode of the key file, the configuration and their folder", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var user = await examination.ServiceUser(cancellation);
        var group = Accounts.FindGroup(user);
        var config = examination.Session.ConfigFile ?? ConfigurationFile.DefaultPath;
        string[] paths = [Path.GetDirectoryName(examination.Options.Auth.KeyFile)!, examination.Options.Auth.KeyFile, config];
        return Diagnosis.Of(
            paths.Distinct(StringComparer.Ordinal).Select(path => Inode.Of(path) is { } inode ? Judge(path, inode.Kind, inode.Permissions, group, user) : Diagnosis.Pass(path)), "0640, of root");
    }

    internal static Diagnosis Judge(string path, FileKind kind, Permissions found, uint? group, string groupName)
    {
        var (isFolder, name) = (kind == FileKind.Folder, Shell.Quote(path));
        var wanted = isFolder ? "0750" : "0640";
        var mend = $"chown root:{groupName} {name} && chmod {wanted} {name}";
        if (!isFolder && kind != FileKind.Regular)
            return Diagnosis.Fail($"{path} is not a plain file", $"ls -l {name}");
        if (found.UserId != 0 || (found.Mode & Forbidden) != UnixFileMode.None)
            return Diagnosis.Fail($"{path} is {found}, should be {wanted} root:{groupName}", mend);
        // Readable for root alone: the service cannot see it.
        return found.GroupId == group && found.Mode.HasFlag(UnixFileMode.GroupRead)
            ? Diagnosis.Pass(path)
            : Diagnosis.Fail($"{path} is {found}: the service cannot read it, should be {wanted} root:{groupName}", mend);
    }
}
