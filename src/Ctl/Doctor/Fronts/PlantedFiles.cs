using System.Security.Cryptography;
using System.Text;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>
/// Harmless files in today's folder of the uploads, such as an upload might have left there, and gone again at the end. By descriptor, as everything below the root:
/// who can write there could plant links.
/// </summary>
internal sealed class PlantedFiles : IDisposable
{
    private readonly Folder _day;
    private readonly WantedPermissions _wanted;
    private readonly List<string> _planted = [];

    /// <param name="root">The uploads directory.</param>
    /// <param name="wanted">Whose the files are.</param>
    /// <param name="now">Which folder they go to.</param>
    public PlantedFiles(string root, WantedPermissions wanted, DateTimeOffset now)
    {
        _wanted = wanted;
        Day = DatedFolders.PathOf(now);
        using var top = Folder.OpenRoot(root);
        var names = Day.Split('/');
        using var year = OpenOrMake(top, names[0]);
        using var month = OpenOrMake(year, names[1]);
        // It stays, even empty: the service may be about to put a file into it.
        _day = OpenOrMake(month, names[2]);
    }

    /// <summary><c>2026/03/09</c>.</summary>
    public string Day { get; }

    /// <summary>What no other file is called.</summary>
    public static string NewName() => $"doctor-probe-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    /// <summary>False when there is something of that name already.</summary>
    public bool TryPlant(string name, string content)
    {
        using var file = _day.TryCreate(name);
        if (file is null)
            return false;
        _planted.Add(name);
        long offset = 0;
        Posix.WriteAll(file, Encoding.UTF8.GetBytes(content), ref offset);
        Give(file, _wanted.File);
        return true;
    }

    public void Dispose()
    {
        try
        {
            _planted.ForEach(_day.Unlink);
        }
        finally
        {
            _day.Dispose();
        }
    }

    private Folder OpenOrMake(Folder parent, string name)
    {
        var folder = parent.OpenOrMake(name, WantedPermissions.FolderMode, _wanted.GroupId);
        // Made by root just now; the service's own are left as they are.
        if (Posix.Status(folder.Handle).UserId == Accounts.CurrentUser)
            Give(folder.Handle, _wanted.Folder);
        return folder;
    }

    private static void Give(Microsoft.Win32.SafeHandles.SafeFileHandle file, Permissions wanted)
    {
        Posix.ChangeMode(file, wanted.Mode);
        if (Examination.IsRoot)
            Posix.ChangeOwner(file, wanted.UserId, wanted.GroupId);
    }
}
