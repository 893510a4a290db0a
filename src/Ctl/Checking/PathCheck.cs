using Uploader.Shared.Configuration;
using Uploader.Shared.Storage;
using static System.IO.UnixFileMode;

namespace Uploader.Ctl.Checking;

/// <summary>Whether what the configuration names is there and belongs to whom it must. What lies below is the permission sweep's and the doctor's.</summary>
internal static class PathCheck
{
    private const string UsualUser = "fileuploader";
    private const UnixFileMode Others = OtherRead | OtherWrite | OtherExecute;

    public static IEnumerable<CheckFinding> Of(UploaderOptions options, string? configFile)
    {
        var user = UserOf(options, configFile);
        return new[]
        {
            OfFolder("Storage:Root", options.Storage.Root, user),
            OfFolder("Ledger:Directory", options.Ledger.Directory, user),
            OfFile(options.Auth.KeyFile, Others | GroupWrite, "whoever can read it can try its hashes, and whoever can write it has a key"),
            OfFile(configFile ?? ConfigurationFile.DefaultPath, OtherWrite | GroupWrite, "whoever can write it decides where the service writes"),
        }.OfType<string>().Select(what => new CheckFinding(CheckFinding.Paths, what));
    }

    /// <summary>The user that the service runs as: the one that is configured; the package's; with a configuration of one's own, whoever has the ledger.</summary>
    private static uint? UserOf(UploaderOptions options, string? configFile)
    {
        if (options.Storage.Owner.Length > 0)
            return Accounts.FindUser(options.Storage.Owner);
        if (configFile is null or ConfigurationFile.DefaultPath && Accounts.FindUser(UsualUser) is { } usual)
            return usual;
        return Find(options.Ledger.Directory)?.UserId;
    }

    private static string? OfFolder(string key, string path, uint? user)
    {
        if (Find(path) is not { } found)
            return $"{key}: {path} is not there";
        if (!found.IsFolder)
            return $"{key}: {path} is not a directory";
        if (user is { } owner && found.UserId != owner)
            return $"{key}: {path} is {found.Permissions}: it must belong to {Accounts.UserName(owner)}, whom the service runs as";
        return (found.Permissions.Mode & (Others | GroupWrite)) == None ? null : $"{key}: {path} is {found.Permissions}: group must not write, others must do nothing; 0750 is right";
    }

    // One that is not there is no mistake of its own: neither the key file nor the configuration has to be.
    private static string? OfFile(string path, UnixFileMode forbidden, string why)
    {
        if (Find(path) is not { } found)
            return null;
        if (!found.IsRegular)
            return $"{path} is not a file";
        return (found.Permissions.Mode & forbidden) == None ? null : $"{path} is {found.Permissions}: {why}; 0640 is right";
    }

    /// <summary>By the operator's own path, links and all.</summary>
    private static Statx? Find(string path)
    {
        try
        {
            using var handle = Posix.Open(path, OpenFlags.PathOnly);
            return Posix.Status(handle);
        }
        catch (PosixException e) when (e.Errno is Errno.NoEntry or Errno.NotADirectory)
        {
            return null;
        }
    }
}
