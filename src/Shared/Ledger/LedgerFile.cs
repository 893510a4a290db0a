using LiteDB;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Bans;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Ledger;

/// <summary>
/// The one place that opens LiteDB: under an exclusive lock, for one batch, and closed again. Two processes that hold the file open at the same time
/// lose acknowledged rows and then the file, in each of LiteDB's modes (docs/adr).
/// </summary>
internal sealed class LedgerFile
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SoundFor = TimeSpan.FromMinutes(1);
    private static readonly BsonMapper Mapper = new();

    private const int PageSize = 8192;

    private readonly string _dataPath;
    private readonly string _logPath;
    private readonly string _lockPath;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _turn = new();
    private readonly Lock _availability = new();

    private long? _unavailableSince;
    private long? _foundSoundAt;
    private bool _leftLog;

    public LedgerFile(string directory, TimeProvider time, ILogger<LedgerFile> logger)
        : this(directory, time, logger, DefaultPatience)
    {
    }

    /// <param name="directory">Where <c>ledger.db</c> lies; it must exist.</param>
    /// <param name="time">Dates a quarantined file.</param>
    /// <param name="logger">Hears of quarantine, and of each change between usable and not.</param>
    /// <param name="patience">How long to wait for the lock.</param>
    internal LedgerFile(string directory, TimeProvider time, ILogger<LedgerFile> logger, TimeSpan patience)
    {
        Directory = directory;
        _dataPath = Path.Combine(directory, "ledger.db");
        _logPath = Path.Combine(directory, "ledger-log.db");
        _lockPath = Path.Combine(directory, "ledger.lock");
        _time = time;
        _logger = logger;
        _patience = patience;
    }

    public string Directory { get; }

    /// <summary>Which file the last batch was done on, see <see cref="LedgerBatch.Generation"/>; empty before the first. When it changes, what was told is lost.</summary>
    public string Generation { get; private set; } = "";

    /// <summary>Does one batch that gives nothing back.</summary>
    public void Run(Action<LedgerBatch> batch) => Run(ledger =>
    {
        batch(ledger);
        return true;
    });

    /// <summary>
    /// Does one batch as one transaction: once it returns, what it wrote survives <c>kill -9</c> and power loss; when it throws, nothing was written. A batch may be
    /// run twice (the first time against a file that proves unreadable), so it must not change anything but the ledger.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Disk full, no permission, lock not free: try again later.</exception>
    public T Run<T>(Func<LedgerBatch, T> batch)
    {
        try
        {
            var (result, ledger) = RunAlone(batch);
            Generation = ledger.Generation;
            if (!_leftLog)
                Recovered();
            RaiseSignals(ledger);
            return result;
        }
        catch (LedgerUnavailableException e)
        {
            Unavailable(e.Message);
            throw;
        }
        catch (Exception e) when (IsOfTheSystem(e))
        {
            Unavailable(e.Message);
            throw new LedgerUnavailableException(e.Message, e);
        }
    }

    /// <summary>All bans in force, a few thousand a hold of the lock, so that nobody waits for a million.</summary>
    public IEnumerable<Ban> BansInForce(long nowMs)
    {
        const int AtATime = 5_000;
        for (var endMs = nowMs; ;)
        {
            var bans = Run(ledger => ledger.Bans.EndingAfter(endMs, AtATime));
            foreach (var ban in bans)
                yield return ban;
            if (bans.Count < AtATime)
                yield break;
            endMs = bans[^1].UntilMs;
        }
    }

    private (T Result, LedgerBatch Ledger) RunAlone<T>(Func<LedgerBatch, T> batch)
    {
        if (!_turn.TryEnter(_patience))
            throw new LedgerBusyException($"another thread has used the ledger for more than {_patience.TotalSeconds:0.#} s");
        try
        {
            using var held = LedgerLock.Take(_lockPath, _patience);
            try
            {
                return RunOnce(batch);
            }
            catch (Exception e) when (!IsOfTheSystem(e) && e is not (OutOfMemoryException or OperationCanceledException))
            {
                // Not in the filter: that runs while the file is still open.
                if (IsReadable())
                    throw;
                var aside = LedgerQuarantine.MoveAside(_dataPath, _logPath, _time.GetUtcNow());
                _logger.LedgerQuarantined($"{e.GetType().Name}: {e.Message}", aside);
                return RunOnce(batch);
            }
        }
        finally
        {
            _turn.Exit();
        }
    }

    private (T Result, LedgerBatch Ledger) RunOnce<T>(Func<LedgerBatch, T> batch) => Open((database, commit) =>
    {
        var ledger = new LedgerBatch(database);
        var result = batch(ledger);
        ledger.Seal();
        commit();
        return (result, ledger);
    });

    /// <summary>
    /// LiteDB reports a broken page in many ways (its own exception, IndexOutOfRange, InvalidCast, a loop it detects), and a mistake in a batch looks just like
    /// them; a good ledger must not be thrown away for that. So the whole file is read, and written to, before it is judged.
    /// </summary>
    private bool IsReadable()
    {
        if (_foundSoundAt is { } at && _time.GetElapsedTime(at) < SoundFor)
            return true;
        try
        {
            Open((database, commit) =>
            {
                LedgerInspection.Inspect(database);
                commit();
                return true;
            });
            _foundSoundAt = _time.GetTimestamp();
            return true;
        }
        catch (Exception e) when (!IsOfTheSystem(e))
        {
            return false;
        }
    }

    private T Open<T>(Func<LiteDatabase, Action, T> use)
    {
        using var dataHandle = LedgerHandle.OpenOrCreate(_dataPath);
        using var logHandle = LedgerHandle.OpenOrCreate(_logPath);
        using var log = new LedgerLogStream(logHandle);
        using var data = new LedgerDataStream(dataHandle, log);

        using var database = OpenDatabase(data, log);
        database.BeginTrans();
        return use(database, () => Commit(database, data, log));
    }

    private static LiteDatabase OpenDatabase(LedgerDataStream data, LedgerLogStream log)
    {
        var isNew = data.Length == 0;
        // LiteDB would cut it to nothing and begin anew, and nobody would know.
        if (!isNew && data.Length < PageSize)
            throw new InvalidDataException($"{data.Length} bytes are less than a page");

        // A new file gets its first page while it is opened.
        data.IsSealed = !isNew;
        try
        {
            return new LiteDatabase(data, Mapper, log);
        }
        catch (IOException) when (isNew)
        {
            data.SetLength(0);
            throw;
        }
        finally
        {
            data.IsSealed = true;
        }
    }

    private void Commit(LiteDatabase database, LedgerDataStream data, LedgerLogStream log)
    {
        data.IsSealed = false;
        _leftLog = false;
        try
        {
            database.Commit();
            database.Checkpoint();
        }
        catch (Exception e) when (log.IsDurable)
        {
            // The batch is whole in the log, and whoever opens the ledger next replays it: it must not be done again.
            Unavailable(e.Message);
            _leftLog = true;
        }
        finally
        {
            data.IsSealed = true;
        }
    }

    private void RaiseSignals(LedgerBatch ledger)
    {
        if (ledger.Failures.HasWritten)
            LedgerSignal.Raise(Directory, LedgerSignal.Failures);
        if (ledger.Bans.HasWritten || ledger.Status.HasNewsForWeb)
            LedgerSignal.Raise(Directory, LedgerSignal.Bans);
    }

    /// <summary>No space, no permission, no directory, a disk error: the file may be perfectly good.</summary>
    private static bool IsOfTheSystem(Exception e) =>
        e is UnauthorizedAccessException or LedgerUnavailableException or (IOException and not EndOfStreamException);

    private void Unavailable(string reason)
    {
        lock (_availability)
        {
            if (_unavailableSince is not null)
                return;
            _unavailableSince = _time.GetTimestamp();
        }

        _logger.LedgerUnavailable(reason);
    }

    private void Recovered()
    {
        double seconds;
        lock (_availability)
        {
            if (_unavailableSince is not { } since)
                return;
            seconds = _time.GetElapsedTime(since).TotalSeconds;
            _unavailableSince = null;
        }

        _logger.LedgerRecovered(seconds);
    }
}
