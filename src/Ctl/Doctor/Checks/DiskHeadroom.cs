using Uploader.Ctl.Doctor.Hosts;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 6 of the article: the disk has room.</summary>
internal static class DiskHeadroom
{
    public static Check Check { get; } = Check.Of("disk-headroom", "The disk has room", "bytes used below Storage:Root and free on its file system, against Disk:*", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var (disk, root) = (examination.Options.Disk, examination.Root);
        var wanted = await examination.Wanted(cancellation) ?? new WantedPermissions(0, 0);
        var (report, _) = await Task.Run(() => examination.Walk(wanted, cancellation), cancellation);
        return Judge(new(disk.MaxBytes, disk.MinFree, disk.WarnPercent, disk.CriticalPercent), new(report.UsedBytes, FileSystemSpace.Of(root)), root);
    }

    internal static Diagnosis Judge(DiskThresholds thresholds, DiskSample sample, string root)
    {
        var figures = $"{Shown.Bytes(sample.UsedBytes)} used, {Shown.Bytes(sample.Space.FreeBytes)} free, {thresholds.PercentOf(sample):0} % of the limit";
        var mend = $"# remove or move files, enlarge the file system, or raise Disk:MaxBytes; what takes the room: du -xh --max-depth=3 {Shell.Quote(root)} | sort -h | tail";
        return thresholds.Judge(DiskLevel.Normal, sample) switch
        {
            DiskLevel.Normal => Diagnosis.Pass(figures),
            DiskLevel.Warning => Diagnosis.Warn($"the level is warning: {figures}", mend),
            _ => Diagnosis.Fail($"the level is critical, uploads are or will be refused: {figures}", mend),
        };
    }
}
