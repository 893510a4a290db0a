using System.Collections.Immutable;

namespace Uploader.Ctl.Doctor.Hosts;

/// <summary>What is mounted where: a line of <c>/proc/self/mountinfo</c>.</summary>
internal sealed record Mount(string Point, string FileSystem, ImmutableArray<string> Options)
{
    /// <param name="path">Without links in it.</param>
    public static Mount? Of(string path) => Find(path, File.ReadAllText("/proc/self/mountinfo"));

    /// <summary>The mount that a path lies on: the deepest, and of several at one point the last.</summary>
    internal static Mount? Find(string path, string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(Parse)
        .Where(mount => Holds(mount.Point, path))
        .Aggregate((Mount?)null, (best, mount) => best is null || mount.Point.Length >= best.Point.Length ? mount : best);

    private static bool Holds(string point, string path) =>
        point == "/" || path == point || path.StartsWith(point + "/", StringComparison.Ordinal);

    // 36 35 98:0 /root /point rw,noatime shared:1 - ext3 /dev/root rw,errors=continue
    private static Mount Parse(string line)
    {
        var fields = line.Split(' ');
        var dash = Array.IndexOf(fields, "-");
        return new Mount(Unescape(fields[4]), dash < 0 ? "" : fields[dash + 1], [.. fields[5].Split(',')]);
    }

    private static string Unescape(string text) =>
        text.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
}
