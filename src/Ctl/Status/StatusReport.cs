using System.Text.Json.Serialization;
using Uploader.Shared.Bans;
using Uploader.Shared.Configuration;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;
using LedgerSample = Uploader.Shared.Ledger.DiskSample;

namespace Uploader.Ctl.Status;

/// <summary>How the service is, as programs read it. What was never told is null.</summary>
/// <param name="Attention">What needs it, the worst first.</param>
/// <param name="Socket">Null where systemd has none.</param>
/// <param name="Keys">In force.</param>
/// <param name="ScannerTrouble">Why the virus scanner does not answer the web process; null when it does, and where none is set.</param>
/// <param name="BansInForce">Null when the ledger cannot be asked.</param>
internal sealed record StatusReport(
    DateTimeOffset At,
    Attention[] Attention,
    SocketLine? Socket,
    ProcessLine Web,
    ProcessLine Worker,
    int? Keys,
    int? UploadsUnderWay,
    string? ScannerTrouble,
    DiskLine? Disk,
    HourLine? LastHour,
    int? BansInForce,
    DriftLine? Drift,
    JobLine[] Jobs)
{
    public bool IsWell => Attention.Length == 0;
}

/// <summary>How the disk is: used as the worker measured it, free as the file system says now.</summary>
/// <param name="Percent">Of the limit, or of the file system where there is none.</param>
/// <param name="MaxBytes">Null: no limit but the file system.</param>
internal sealed record DiskLine(string Level, double Percent, long UsedBytes, long Files, long FreeBytes, long? MaxBytes, DateTimeOffset MeasuredAt)
{
    public static DiskLine Of(LedgerSample sample, FileSystemSpace space, DiskOptions limits)
    {
        var thresholds = new DiskThresholds(limits.MaxBytes, limits.MinFree, limits.WarnPercent, limits.CriticalPercent);
        var now = new Uploader.Shared.Storage.DiskSample(sample.UsedBytes, space);
        var level = thresholds.Judge(Enum.TryParse<DiskLevel>(sample.Level, out var told) ? told : DiskLevel.Normal, now);
        return new(level.ToString(), Math.Round(thresholds.PercentOf(now), 1), sample.UsedBytes, sample.Files, space.FreeBytes, limits.MaxBytes, sample.At);
    }
}

/// <summary>What came in during the last hour.</summary>
internal sealed record HourLine(long Uploads, long Bytes, long Faults, long Refusals, IReadOnlyDictionary<string, long> RefusalsByCode)
{
    public static HourLine Of(WebStatus told, DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        var hour = told.Hour.Where(tally => tally.Minute > minute - 60 && tally.Minute <= minute).ToList();
        var refusals = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (code, count) in hour.SelectMany(tally => tally.Refusals))
            refusals[code] = refusals.GetValueOrDefault(code) + count;
        return new(hour.Sum(tally => tally.Uploads), hour.Sum(tally => tally.Bytes), hour.Sum(tally => tally.Faults), refusals.Values.Sum(), refusals);
    }
}

/// <summary>What the last permission sweep found, and when one last had something to repair.</summary>
internal sealed record DriftLine(DateTimeOffset SweptAt, long Repaired, long NotRepaired, long Foreign, DateTimeOffset? LastRepairAt)
{
    public static DriftLine Of(DriftStatus drift) => new(drift.At, drift.Repaired, drift.NotRepaired, drift.Foreign, drift.RepairedAt);
}

/// <summary>A job of the worker.</summary>
/// <param name="Outcome">Of its last run: done, failed or stopped; null before the first.</param>
internal sealed record JobLine(string Name, string Schedule, DateTimeOffset? StartedAt, double DurationMs, string? Outcome, DateTimeOffset? DueAt, bool IsRunning)
{
    public static JobLine Of(JobStatus job) =>
        new(job.Name, job.Schedule, job.StartedAt, job.Duration.TotalMilliseconds, job.Outcome.Length == 0 ? null : job.Outcome, job.DueAt, job.IsRunning);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
