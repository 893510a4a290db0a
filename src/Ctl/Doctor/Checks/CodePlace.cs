using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 1 of the article: the code lies outside of /root, where the service can read and not write it.</summary>
internal static class CodePlace
{
    private const string Usual = "/srv/fileuploader";
    private static readonly string[] Homes = ["/root", "/home"];

    public static Check Check { get; } = Check.Of(
        "code-place", "The code is outside of /root and the service cannot write it", "the program of each unit, its folder with all in it, and the folders that lead there", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var programs = new List<string>();
        foreach (var name in (string[])[Unit.Web, Unit.Worker])
        {
            if (await examination.Unit(name, cancellation) is not { Program: { } program } unit)
                return Systemd.IsMissing;
            programs.Add(program);
            // What runs may be another program than the unit names by now.
            if (unit.MainPid > 0 && File.ResolveLinkTarget($"/proc/{unit.MainPid}/exe", returnFinalTarget: false) is { } running)
                programs.Add(running.FullName);
        }

        var user = await examination.ServiceUser(cancellation);
        if (Accounts.FindUser(user) is not { } id)
            return Diagnosis.Fail($"there is no user {user}", "systemd-sysusers");
        var groups = (await examination.Unit(Unit.Web, cancellation))!.MainPid is > 0 and var pid && ProcessStatus.Read(pid) is { } web ? web.Groups : [];
        var places = programs.Distinct().ToList();
        return Judge(places, [.. places.SelectMany(Around).Distinct().Where(path => Inode.Of(path) is { } inode && Inode.IsWritableBy(inode, id, groups))], user);
    }

    /// <param name="programs">Full paths.</param>
    /// <param name="writable">What of the code, or of what leads to it, the service could change.</param>
    /// <param name="user">The service's.</param>
    internal static Diagnosis Judge(IReadOnlyList<string> programs, IReadOnlyList<string> writable, string user)
    {
        var parts = programs.Where(program => Homes.Any(home => program.StartsWith(home + "/", StringComparison.Ordinal))).Select(program => Diagnosis.Fail(
            $"{program} lies in somebody's home",
            $"systemctl revert {Unit.Web} {Unit.Worker} && systemctl restart {Unit.Web} {Unit.Worker}")).ToList();
        if (writable.Count > 0)
            parts.Add(Diagnosis.Fail($"{user} can write {writable[0]}{(writable.Count > 1 ? $" and {writable.Count - 1} more" : "")}", MendOf(writable)));
        return Diagnosis.Of(parts, $"{string.Join(", ", programs)}: only root can write there");
    }

    private static string MendOf(IReadOnlyList<string> writable) => writable.All(path => path == Usual || path.StartsWith(Usual + "/", StringComparison.Ordinal))
        ? $"chown -R root:root {Usual} && chmod -R go-w {Usual}"
        : string.Join('\n', writable.Take(5).Select(path => $"chown -h root:root {Shell.Quote(path)} && chmod go-w {Shell.Quote(path)}"));

    /// <summary>The folder of a program with all in it, and every folder above.</summary>
    private static IEnumerable<string> Around(string program)
    {
        var folder = Path.GetDirectoryName(program)!;
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
            yield return above;
        // A system directory is not ours to walk.
        if (folder.StartsWith("/usr", StringComparison.Ordinal) || !Directory.Exists(folder))
        {
            yield return program;
            yield break;
        }

        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", all))
            yield return path;
    }
}
