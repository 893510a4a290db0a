using System.Globalization;
using System.Text;

namespace Uploader.Shared.Storage;

/// <summary>
/// Opens <c>yyyy/MM/dd</c> (UTC) below the root, one folder at a time and afresh for every commit: a cached handle would go on writing
/// into a folder that an operator has moved away.
/// </summary>
internal sealed class DatedFolders(string root, uint? group, Durability durability)
{
    private Birth? _durableDay;

    private const int LengthOfDay = 10;

    public static string PathOf(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture);

    /// <summary>Whether that folder below the root is a day's, <c>2026/03/09</c>.</summary>
    public static bool IsDay(ReadOnlySpan<byte> folder) => folder.Length == LengthOfDay && IsDated(folder);

    /// <summary>Whether that folder is a day's, a month's or a year's, and all of it is over before the day of that moment began.</summary>
    public static bool IsBefore(ReadOnlySpan<byte> folder, DateTimeOffset moment) =>
        IsDated(folder) && folder.SequenceCompareTo(Encoding.ASCII.GetBytes(PathOf(moment)).AsSpan(0, folder.Length)) < 0;

    private static bool IsDated(ReadOnlySpan<byte> folder)
    {
        if (folder.Length is not (4 or 7 or LengthOfDay))
            return false;
        for (var i = 0; i < folder.Length; i++)
        {
            if (i is 4 or 7 ? folder[i] != '/' : !char.IsAsciiDigit((char)folder[i]))
                return false;
        }

        return true;
    }

    public Folder Open(DateTimeOffset now)
    {
        var names = PathOf(now).Split('/');
        using var top = Folder.OpenRoot(root);
        using var year = top.OpenOrMake(names[0], WantedPermissions.FolderMode, group);
        using var month = year.OpenOrMake(names[1], WantedPermissions.FolderMode, group);
        var day = month.OpenOrMake(names[2], WantedPermissions.FolderMode, group);
        try
        {
            if (durability == Durability.Full)
                MakeDurable(day, top, year, month);
            return day;
        }
        catch
        {
            day.Dispose();
            throw;
        }
    }

    // Not only by the commit that made them: a second one that finds the folders there may answer 201 before the first has synced
    // them, and so may one after a kill between mkdir and fsync. So the first commit of this process into a day's folder, whoever made it, syncs
    // what leads to it. The birth time tells a folder from another that got its inode number.
    private void MakeDurable(Folder day, params ReadOnlySpan<Folder> parents)
    {
        var status = Posix.Status(day.Handle, Statx.Verdict | Statx.BirthTime);
        var birth = new Birth(status.Device, status.Inode, status.BornSeconds, status.BornNanoseconds);
        if (Volatile.Read(ref _durableDay) == birth)
            return;

        foreach (var parent in parents)
            parent.Sync();
        Volatile.Write(ref _durableDay, birth);
    }

    private sealed record Birth(ulong Device, ulong Inode, long Seconds, uint Nanoseconds);
}
