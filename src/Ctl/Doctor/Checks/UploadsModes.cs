using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 2 of the article: owner, group and modes below the uploads directory, all of it, and nothing there that is not a file or a folder.</summary>
internal static class UploadsModes
{
    private const int Named = 3;

    public static Check Check { get; } = Check.Of(
        "uploads-modes", "Uploads are 0750/0640 and belong to the service, staging is 0700", "owner, group and mode of Storage:Root, of .incoming and of everything below, by a full walk", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var user = await examination.ServiceUser(cancellation);
        if (await examination.Wanted(cancellation) is not { } wanted)
            return Diagnosis.Fail($"there is no user {user} or no group {examination.Options.Storage.Group}", "systemd-sysusers");
        if (Inode.Of(examination.Root) is null)
            return Diagnosis.Fail($"{examination.Root} is not there", $"install -d -m 0750 -o {user} -g {examination.Options.Storage.Group} {Shell.Quote(examination.Root)}");
        var (report, drift) = await Task.Run(() => examination.Walk(wanted, cancellation), cancellation);
        return Judge(report, drift);
    }

    internal static Diagnosis Judge(WalkReport report, DriftList drift)
    {
        var parts = new List<Diagnosis>();
        // A foreign object is told by its kind, drift by what the mode should be.
        var drifted = drift.Lines.Where(line => char.IsAsciiDigit(line.Verdict[0])).ToList();
        var foreign = drift.Lines.Except(drifted).ToList();
        var rest = drift.Count > drift.Lines.Count ? $" ({drift.Count} in all)" : "";
        if (drifted.Count > 0)
            parts.Add(Diagnosis.Fail($"{First(drifted, line => $"{line.Path} is {line.Is}, should be {line.Verdict}")}{rest}", $"systemctl restart {Unit.Worker}"));
        if (foreign.Count > 0)
            parts.Add(Diagnosis.Fail($"{First(foreign, line => $"{line.Path} is a {line.Verdict}")}{rest}", string.Join('\n', foreign.Select(Remove))));
        if (report.FirstUnreadable is { } unreadable)
            parts.Add(Diagnosis.Fail($"{report.Unreadable} places cannot be read, the first is {unreadable.Path} ({unreadable.Reason})", $"# look at it: ls -la {unreadable.Path}"));
        return Diagnosis.Of(parts, $"{report.Files} files in {report.Folders} folders are as they should be");
    }

    private static string First(List<DriftList.Line> lines, Func<DriftList.Line, string> sentence) =>
        string.Join("; ", lines.Take(Named).Select(sentence)) + (lines.Count > Named ? $"; and {lines.Count - Named} more" : "");

    // A path that had to be escaped for display is not the name on disk any more.
    private static string Remove(DriftList.Line line) => (line.Path.Contains('\\', StringComparison.Ordinal), line.Verdict) switch
    {
        (true, _) => $"# remove it by its inode: ls -lbi, then find -inum; it shows as {line.Path}",
        (_, Verdict.MountPoint) => $"umount {Shell.Quote(line.Path)}",
        _ => $"rm -- {Shell.Quote(line.Path)}",
    };
}
