using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Advice beyond the article: nothing below the uploads directory could be executed even with an x bit.</summary>
internal static class UploadsMount
{
    private static readonly string[] Advised = ["noexec", "nosuid", "nodev"];

    public static Check Check { get; } = Check.Of("uploads-mount", "Uploads are mounted noexec,nosuid,nodev", "the mount that Storage:Root lies on, in /proc/self/mountinfo", Look);

    private static Diagnosis Look(Examination examination)
    {
        var root = examination.Root;
        var real = Directory.ResolveLinkTarget(root, returnFinalTarget: true)?.FullName ?? root;
        return Mount.Of(real) is { } mount ? Judge(real, mount) : Diagnosis.NotMade($"no mount holds {real}", "# mount /proc");
    }

    internal static Diagnosis Judge(string root, Mount mount)
    {
        var missing = Advised.Where(option => !mount.Options.Contains(option)).ToList();
        if (missing.Count == 0)
            return Diagnosis.Pass($"{mount.Point} ({mount.FileSystem}) is mounted {string.Join(',', Advised)}");
        var path = Shell.Quote(root);
        var both = $"systemctl restart {Unit.Web} {Unit.Worker}";
        return mount.Point == root
            ? Diagnosis.Warn(
                $"{root} ({mount.FileSystem}) is mounted without {string.Join(',', missing)}",
                $"mount -o remount,{string.Join(',', Advised)} {path} && {both}\n# and the same options in its line of /etc/fstab")
            : Diagnosis.Warn(
                $"{root} is no mount of its own; {mount.Point} ({mount.FileSystem}) is mounted without {string.Join(',', missing)}",
                $"echo '{root} {root} none bind,{string.Join(',', Advised)} 0 0' >>/etc/fstab && mount {path} && {both}");
    }
}
