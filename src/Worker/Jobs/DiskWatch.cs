using Microsoft.Extensions.Logging;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;
using Sample = Uploader.Shared.Ledger.DiskSample;

namespace Uploader.Worker.Jobs;

/// <summary>Measures what lies below the uploads directory, tells the web process by way of the ledger, and says so when the disk's level changes.</summary>
internal sealed class DiskWatch(UploaderOptions options, LedgerFile ledger, TimeProvider time, ILogger<DiskWatch> logger)
{
    private readonly string _root = options.Storage.Root;
    private readonly DiskThresholds _thresholds = new(options.Disk.MaxBytes, options.Disk.MinFree, options.Disk.WarnPercent, options.Disk.CriticalPercent);
    private readonly Lock _lock = new();
    private DiskLevel _level;
    private Sample? _last;
    private string? _toldTo;
    private long _unreadable;

    public string Sentence { get; private set; } = "disk not measured yet";

    /// <exception cref="PosixException">The root cannot be opened.</exception>
    public void Look(CancellationToken cancellation) => Measure(() => TreeWalk.Measure(_root, cancellation));

    /// <summary>For whoever walks the tree anyway: its walk is as good as ours.</summary>
    public void Measure(Func<WalkReport> walk)
    {
        // The web process counts what it commits from here on by itself.
        var started = time.GetTimestamp();
        var report = walk();
        var space = FileSystemSpace.Of(_root);
        lock (_lock)
        {
            Judge(report, space);
            Tell(_last = new Sample(report.UsedBytes, report.Files, space.FreeBytes, _level.ToString(), started, time.GetUtcNow()));
        }
    }

    /// <summary>
    /// Tells the last sample once more where the ledger could not take it, or was begun anew since. A web process that starts now would otherwise know of no
    /// worker until the next look at the disk.
    /// </summary>
    public void TellIfLost()
    {
        lock (_lock)
        {
            if (_last is { } sample && _toldTo != ledger.Generation)
                Tell(sample);
        }
    }

    private void Judge(WalkReport report, FileSystemSpace space)
    {
        var sample = new Uploader.Shared.Storage.DiskSample(report.UsedBytes, space);
        var percent = (int)_thresholds.PercentOf(sample);
        var before = _level;
        _level = _thresholds.Judge(before, sample);
        if (_level != before && logger.IsEnabled(SeverityOf(_level)))
            logger.DiskLevelChanged(SeverityOf(_level), _root, before.ToString(), _level.ToString(), report.UsedBytes, report.Files, space.FreeBytes, percent);
        if (report.Unreadable != _unreadable && report.FirstUnreadable is { } first)
            logger.WalkIncomplete(report.Unreadable, _root, first.Path, first.Reason);
        _unreadable = report.Unreadable;
        Sentence = $"disk level {_level}: {ByteSize.Write(report.UsedBytes >> 20 << 20)} in {report.Files} files, {percent} % of the limit, {ByteSize.Write(space.FreeBytes >> 20 << 20)} free";
    }

    private void Tell(Sample sample)
    {
        _toldTo = null;
        try
        {
            _toldTo = ledger.Run(batch =>
            {
                batch.Status.PutDisk(sample);
                return batch.Generation;
            });
        }
        catch (LedgerUnavailableException)
        {
            // Logged where it happened, once; the web process goes on with the sample it has and what it committed since.
        }
    }

    private static LogLevel SeverityOf(DiskLevel level) => level switch
    {
        DiskLevel.Critical => LogLevel.Critical,
        DiskLevel.Warning => LogLevel.Warning,
        _ => LogLevel.Information,
    };
}
