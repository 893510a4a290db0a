using Microsoft.Extensions.Logging;

namespace Uploader.Shared.Journal;

/// <summary>
/// Every event the two processes write, in one place. Each has a number of its own; <see cref="MessageIds"/> gives the number its journald
/// <c>MESSAGE_ID</c>, and <c>systemd/uploader.catalog</c> explains it to <c>journalctl -x</c>. A property <c>{FreeBytes}</c>
/// becomes the journal field <c>UPLOADER_FREE_BYTES</c>.
/// </summary>
internal static partial class Events
{
    // Life of a process

    [LoggerMessage(1, LogLevel.Information, "{Process} {Version} is ready: {Sentence}", EventName = nameof(Started))]
    public static partial void Started(this ILogger logger, string process, string version, string sentence);

    [LoggerMessage(2, LogLevel.Information, "{Process} is stopping", EventName = nameof(Stopping))]
    public static partial void Stopping(this ILogger logger, string process);

    [LoggerMessage(3, LogLevel.Critical, "Configuration rejected: {Finding}", EventName = nameof(ConfigurationRejected))]
    public static partial void ConfigurationRejected(this ILogger logger, string finding);

    [LoggerMessage(4, LogLevel.Warning, "The wall clock moved by {Seconds} s against the monotonic clock; the schedule was laid anew", EventName = nameof(ClockStepped))]
    public static partial void ClockStepped(this ILogger logger, double seconds);

    [LoggerMessage(5, LogLevel.Error, "{Count} log events were dropped because the journal could not take them", EventName = nameof(LogEventsDropped))]
    public static partial void LogEventsDropped(this ILogger logger, long count);

    // The way of an upload

    [LoggerMessage(10, LogLevel.Information, "Stored {Name} ({Size} bytes, {Type}) as {Path} for key {Key} from {Client}", EventName = nameof(UploadAccepted))]
    public static partial void UploadAccepted(this ILogger logger, string name, long size, string type, string path, string key, string client, string id, string sha256);

    [LoggerMessage(11, LogLevel.Information, "Refused {Client} with {Status} {Code}: {Detail}", EventName = nameof(UploadRefused))]
    public static partial void UploadRefused(this ILogger logger, string client, int status, string code, string detail, string path, string key);

    [LoggerMessage(12, LogLevel.Warning, "Unauthorized request from {Client} to {Path} ({Code}, key fingerprint {KeyFingerprint})", EventName = nameof(AuthFailure))]
    public static partial void AuthFailure(this ILogger logger, string client, string path, string code, string keyFingerprint);

    [LoggerMessage(13, LogLevel.Error, "Upload from {Client} failed, trace {TraceId}", EventName = nameof(UploadFaulted))]
    public static partial void UploadFaulted(this ILogger logger, string client, string traceId, Exception exception);

    [LoggerMessage(14, LogLevel.Warning, "{Count} further refusals in the last {Seconds} s were counted but not logged one by one", EventName = nameof(RefusalsNotLogged))]
    public static partial void RefusalsNotLogged(this ILogger logger, long count, double seconds);

    [LoggerMessage(15, LogLevel.Warning, "{Root} keeps no extended attributes ({Reason}): files are stored without what is known of them", EventName = nameof(MetadataUnsupported))]
    public static partial void MetadataUnsupported(this ILogger logger, string root, string reason);

    [LoggerMessage(16, LogLevel.Warning, "Making an upload durable took {Milliseconds} ms", EventName = nameof(SlowSyncs))]
    public static partial void SlowSyncs(this ILogger logger, long milliseconds);

    [LoggerMessage(17, LogLevel.Warning, "{Path} was stored although it breaks {Rule}, which only reports: {What}, at byte {Offset}", EventName = nameof(RuleReported))]
    public static partial void RuleReported(this ILogger logger, string path, string rule, string what, long offset, string key, string client);

    [LoggerMessage(18, LogLevel.Critical, "The virus scanner does not do its work ({Reason}): uploads are refused until it does", EventName = nameof(ScannerUnavailable))]
    public static partial void ScannerUnavailable(this ILogger logger, string reason);

    [LoggerMessage(19, LogLevel.Information, "The virus scanner does its work again after {Seconds} s", EventName = nameof(ScannerRecovered))]
    public static partial void ScannerRecovered(this ILogger logger, double seconds);

    // Keys

    [LoggerMessage(20, LogLevel.Information, "{Keys} keys in force after reading {Path}", EventName = nameof(KeyFileReloaded))]
    public static partial void KeyFileReloaded(this ILogger logger, int keys, string path);

    [LoggerMessage(21, LogLevel.Warning, "{Path} line {Line} is not a key and was left out: {Reason}", EventName = nameof(KeyFileLineRejected))]
    public static partial void KeyFileLineRejected(this ILogger logger, string path, int line, string reason);

    [LoggerMessage(22, LogLevel.Error, "{Path} cannot be read ({Reason}); the {Keys} keys read before stay in force", EventName = nameof(KeyFileUnreadable))]
    public static partial void KeyFileUnreadable(this ILogger logger, string path, string reason, int keys);

    [LoggerMessage(23, LogLevel.Critical, "No key is in force: every upload is refused. Add one to {Path}", EventName = nameof(NoKeys))]
    public static partial void NoKeys(this ILogger logger, string path);

    [LoggerMessage(24, LogLevel.Warning, "The key {Key} was refused to {Client} ({Code})", EventName = nameof(KeyRefused))]
    public static partial void KeyRefused(this ILogger logger, string key, string client, string path, string code);

    [LoggerMessage(25, LogLevel.Error, "What keys have stored today cannot be summed below {Root}: {Reason}", EventName = nameof(QuotasNotMeasured))]
    public static partial void QuotasNotMeasured(this ILogger logger, string root, string reason);

    // The way of a ban

    [LoggerMessage(30, LogLevel.Warning, "Banned {Client} in jail {Jail} until {Until} ({Failures} failures, {EarlierBans} earlier bans)", EventName = nameof(Banned))]
    public static partial void Banned(this ILogger logger, string client, string jail, string until, int failures, int earlierBans);

    [LoggerMessage(31, LogLevel.Information, "Ban of {Client} in jail {Jail} ended ({Reason})", EventName = nameof(Unbanned))]
    public static partial void Unbanned(this ILogger logger, string client, string jail, string reason);

    [LoggerMessage(32, LogLevel.Error, "{Count} failures were dropped because the ledger could not take them in time", EventName = nameof(FailuresDropped))]
    public static partial void FailuresDropped(this ILogger logger, long count);

    [LoggerMessage(33, LogLevel.Information, "{Active} bans in force after reading the ledger", EventName = nameof(BansCatchUp))]
    public static partial void BansCatchUp(this ILogger logger, int active);

    [LoggerMessage(34, LogLevel.Warning, "{Bans} further bans and {Ends} further ends of bans in the same sweep were not logged one by one", EventName = nameof(BansNotLogged))]
    public static partial void BansNotLogged(this ILogger logger, int bans, int ends);

    // The ledger

    [LoggerMessage(40, LogLevel.Critical, "The ledger was unreadable ({Reason}) and was moved to {Path}; a new one was begun, bans in memory stay in force", EventName = nameof(LedgerQuarantined))]
    public static partial void LedgerQuarantined(this ILogger logger, string reason, string path);

    [LoggerMessage(41, LogLevel.Error, "The ledger cannot be used ({Reason}); trying on", EventName = nameof(LedgerUnavailable))]
    public static partial void LedgerUnavailable(this ILogger logger, string reason);

    [LoggerMessage(42, LogLevel.Information, "The ledger can be used again after {Seconds} s", EventName = nameof(LedgerRecovered))]
    public static partial void LedgerRecovered(this ILogger logger, double seconds);

    [LoggerMessage(43, LogLevel.Information, "Trimmed {Failures} failures and {Bans} bans from the ledger", EventName = nameof(LedgerTrimmed))]
    public static partial void LedgerTrimmed(this ILogger logger, long failures, long bans);

    [LoggerMessage(44, LogLevel.Information, "Adopted {Count} bans that were written into the ledger by hand", EventName = nameof(ManualBansAdopted))]
    public static partial void ManualBansAdopted(this ILogger logger, int count);

    [LoggerMessage(45, LogLevel.Error, "A ban that was written into the ledger by hand was left out: {Reason}", EventName = nameof(ManualBanRejected))]
    public static partial void ManualBanRejected(this ILogger logger, string reason);

    [LoggerMessage(46, LogLevel.Warning, "The ledger was begun anew; {Bans} bans in force were written into it again", EventName = nameof(BansRestored))]
    public static partial void BansRestored(this ILogger logger, int bans);

    // The disk

    [LoggerMessage(EventId = 50, Message = "Disk level of {Root} went from {From} to {Level}: {UsedBytes} bytes used in {Files} files, {FreeBytes} bytes free, {Percent} percent of the limit", EventName = nameof(DiskLevelChanged))]
    public static partial void DiskLevelChanged(this ILogger logger, LogLevel severity, string root, string from, string level, long usedBytes, long files, long freeBytes, int percent);

    [LoggerMessage(51, LogLevel.Warning, "{Count} places below {Root} could not be read, the first is {Path} ({Reason})", EventName = nameof(WalkIncomplete))]
    public static partial void WalkIncomplete(this ILogger logger, long count, string root, string path, string reason);

    // Permissions and staging

    [LoggerMessage(60, LogLevel.Warning, "Repaired {Path}: was {Was}, is {Now}", EventName = nameof(DriftRepaired))]
    public static partial void DriftRepaired(this ILogger logger, string path, string was, string now);

    [LoggerMessage(61, LogLevel.Warning, "Cannot repair {Path}: is {Was}, should be {Wanted} ({Reason})", EventName = nameof(DriftNotRepaired))]
    public static partial void DriftNotRepaired(this ILogger logger, string path, string was, string wanted, string reason);

    [LoggerMessage(62, LogLevel.Warning, "{Path} is a {Kind}: left alone", EventName = nameof(ForeignObject))]
    public static partial void ForeignObject(this ILogger logger, string path, string kind);

    [LoggerMessage(63, LogLevel.Warning, "Permission sweep repaired {Repaired}, could not repair {NotRepaired}, left {Foreign} foreign objects alone; only the first of each were logged one by one", EventName = nameof(DriftSwept))]
    public static partial void DriftSwept(this ILogger logger, long repaired, long notRepaired, long foreign);

    [LoggerMessage(64, LogLevel.Information, "Removed {Files} abandoned files ({Bytes} bytes) from staging", EventName = nameof(StagingSwept))]
    public static partial void StagingSwept(this ILogger logger, int files, long bytes);

    // The schedule

    [LoggerMessage(70, LogLevel.Error, "Job {Job} failed and will run again", EventName = nameof(JobFailed))]
    public static partial void JobFailed(this ILogger logger, string job, Exception exception);

    [LoggerMessage(71, LogLevel.Critical, "The schedule has stalled ({Reason}): no more watchdog pulses", EventName = nameof(ScheduleStalled))]
    public static partial void ScheduleStalled(this ILogger logger, string reason);

    [LoggerMessage(72, LogLevel.Critical, "{Loop} has not come round for {Seconds} s: no more watchdog pulses", EventName = nameof(LoopStalled))]
    public static partial void LoopStalled(this ILogger logger, string loop, double seconds);
}
