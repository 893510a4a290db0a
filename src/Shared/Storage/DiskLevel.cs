namespace Uploader.Shared.Storage;

/// <summary>How full the storage is. Ordered: a higher one is worse.</summary>
internal enum DiskLevel
{
    Normal,
    Warning,
    Critical,
}

/// <summary>One look at the disk, in bytes.</summary>
/// <param name="UsedBytes">By the files below the root, see <see cref="WalkReport"/>.</param>
/// <param name="Space">Of the file system.</param>
internal readonly record struct DiskSample(long UsedBytes, FileSystemSpace Space);

/// <summary>
/// Judges how full the storage is. A level is entered at once and left only well below where it is entered, so that a
/// disk that breathes around a threshold is reported once and not at every look.
/// </summary>
/// <param name="MaxBytes">What the files may use; null: as much as the file system has.</param>
/// <param name="MinFree">Bytes that must stay free; below, uploads are refused.</param>
internal sealed record DiskThresholds(long? MaxBytes, long MinFree, int WarnPercent, int CriticalPercent)
{
    /// <summary>Points of a hundred below a percentage, and hundredths of <see cref="MinFree"/> above a byte threshold, at which a level is left.</summary>
    private const int Margin = 3;

    /// <summary>Used of the limit; without a limit, of the file system as df(1) counts it (root's reserve is nobody's).</summary>
    public double PercentOf(DiskSample sample)
    {
        var used = MaxBytes is null ? sample.Space.UsedBytes : sample.UsedBytes;
        var limit = (double)(MaxBytes ?? sample.Space.UsedBytes + sample.Space.FreeBytes);
        return limit <= 0 ? 100 : used * 100.0 / limit;
    }

    /// <summary>
    /// Critical from <see cref="CriticalPercent"/> or below <see cref="MinFree"/>, warning from <see cref="WarnPercent"/> or below twice
    /// <see cref="MinFree"/>. Left 3 points below the percentage and 3 % above the bytes.
    /// </summary>
    public DiskLevel Judge(DiskLevel current, DiskSample sample)
    {
        var entered = At(sample, 0);
        var stays = At(sample, Margin);
        return Max(entered, Min(current, stays));
    }

    private DiskLevel At(DiskSample sample, int margin)
    {
        var percent = PercentOf(sample);
        var minFree = MinFree * (1 + margin / 100.0);
        if (percent >= Math.Max(CriticalPercent - margin, 1) || sample.Space.FreeBytes < minFree)
            return DiskLevel.Critical;
        if (percent >= Math.Max(WarnPercent - margin, 1) || sample.Space.FreeBytes < 2 * minFree)
            return DiskLevel.Warning;
        return DiskLevel.Normal;
    }

    private static DiskLevel Max(DiskLevel a, DiskLevel b) => a > b ? a : b;

    private static DiskLevel Min(DiskLevel a, DiskLevel b) => a < b ? a : b;
}
