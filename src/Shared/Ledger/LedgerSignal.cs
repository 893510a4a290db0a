namespace Uploader.Shared.Ledger;

/// <summary>
/// Wakes one process when the other has written: a small file beside the ledger whose times change (inotify), and a poll behind it, because inotify may
/// be exhausted (<c>fs.inotify.max_user_instances</c>) or drop events.
/// </summary>
internal sealed class LedgerSignal : IDisposable
{
    /// <summary>Raised by a batch that wrote failures; the worker waits for it.</summary>
    public const string Failures = "failures.signal";

    /// <summary>Raised by a batch that wrote bans or a disk sample; the web process waits for it.</summary>
    public const string Bans = "bans.signal";

    private static readonly TimeSpan DefaultPoll = TimeSpan.FromSeconds(1);

    private readonly string _directory;
    private readonly string _name;
    private readonly TimeSpan _poll;

    // At most one: signals that come while somebody works are one reason to look again.
    private readonly SemaphoreSlim _raised = new(0, 1);
    private FileSystemWatcher? _watcher;

    public LedgerSignal(string directory, string name)
        : this(directory, name, DefaultPoll)
    {
    }

    internal LedgerSignal(string directory, string name, TimeSpan poll)
    {
        _directory = directory;
        _name = name;
        _poll = poll;
        Watch();
    }

    /// <summary>Whether inotify is at work; without it only the poll is.</summary>
    public bool IsWatching => _watcher is not null;

    /// <summary>Tells whoever waits for that signal. Never fails: the poll finds out too.</summary>
    public static void Raise(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        try
        {
            using var file = LedgerHandle.OpenOrCreate(path);
            // Only the times change, and only times are watched: LiteDB's writes beside it wake nobody.
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk cannot hold a new file; the poll is there for that.
        }
    }

    /// <summary>Returns at once when the signal was raised since the last wait, else when it is raised or a poll's time has passed.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        if (_watcher is null)
            Watch();
        await _raised.WaitAsync(_poll, cancellation);
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _raised.Dispose();
    }

    private void Watch()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            // NotifyFilters.Attributes is IN_ATTRIB alone.
            watcher = new FileSystemWatcher(_directory, _name) { NotifyFilter = NotifyFilters.Attributes };
            watcher.Changed += (_, _) => Wake();
            watcher.Error += (_, _) => Rewatch();
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // No inotify to be had, or no directory yet: the next wait tries again, and polls meanwhile.
            watcher?.Dispose();
        }
    }

    /// <summary>The queue overflowed or the directory was replaced: what was missed is unknown, so look.</summary>
    private void Rewatch()
    {
        Interlocked.Exchange(ref _watcher, null)?.Dispose();
        Wake();
    }

    private void Wake()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Raised already, and nobody has looked yet.
        }
        catch (ObjectDisposedException)
        {
            // An event that was under way when we were disposed of.
        }
    }
}
