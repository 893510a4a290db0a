using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Configuration;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The service reads keys and configuration, only root writes them, nobody else sees them.</summary>
internal static class KeyFileModes
{
    private const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Visible = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static Check Check { get; } = Check.Of("key-file-modes", "Keys and configuration are root's, readable for the service alone", "owner, group and mode of the key file, the configuration and their folder", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var user = await examination.ServiceUser(cancellation);
        var group = Accounts.FindGroup(user);
        var config = examination.Session.ConfigFile ?? ConfigurationFile.DefaultPath;
        var keys = examination.Options.Auth.KeyFile;
        (string Path, bool IsSecret)[] places = [(Path.GetDirectoryName(keys)!, true), (keys, true), (config, false)];
        return Diagnosis.Of(
            places.Select(place => Inode.Of(place.Path) is { } inode ? Judge(place.Path, place.IsSecret, inode.Kind, inode.Permissions, group, user) : Diagnosis.Pass(place.Path)),
            $"root alone writes them, {user} reads them");
    }

    /// <param name="path">Of a file or folder.</param>
    /// <param name="isSecret">Whether others must not see it; the configuration holds no secret.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="found">Its owner, group and mode.</param>
    /// <param name="group">The service's own.</param>
    /// <param name="groupName">Its name.</param>
    internal static Diagnosis Judge(string path, bool isSecret, FileKind kind, Permissions found, uint? group, string groupName)
    {
        var (isFolder, name) = (kind == FileKind.Folder, Shell.Quote(path));
        if (!isFolder && kind != FileKind.Regular)
            return Diagnosis.Fail($"{path} is not a plain file", $"ls -l {name}");

        var wanted = isFolder ? "0750" : "0640";
        var isReadable = (found.GroupId == group && found.Mode.HasFlag(UnixFileMode.GroupRead)) || (!isSecret && found.Mode.HasFlag(UnixFileMode.OtherRead));
        var wrong = found.UserId != 0 || (found.Mode & Writable) != UnixFileMode.None ? "others than root can write it"
            : isSecret && (found.Mode & Visible) != UnixFileMode.None ? "everybody can read it"
            : isReadable ? null
            : "the service cannot read it";
        return wrong is null
            ? Diagnosis.Pass(path)
            : Diagnosis.Fail($"{path} is {found}: {wrong}, should be {wanted} root:{groupName}", $"chown root:{groupName} {name} && chmod {wanted} {name}");
    }
}
