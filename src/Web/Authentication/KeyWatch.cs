using System.Threading.Channels;
using Uploader.Shared.Journal;
using Uploader.Shared.Keys;

namespace Uploader.Web.Authentication;

/// <summary>Keeps the key ring equal to the key file, and says in the journal what it found there.</summary>
/// <remarks>
/// The good lines of the file, as it is now, are the ring: a key whose line was removed or damaged is out. Only where the file cannot be read at
/// all do the keys before stay in force, because that says nothing about any key.
/// </remarks>
internal sealed class KeyWatch : BackgroundService
{
    /// <summary>How often to look without being told: inotify sees neither the target of a link nor a directory that is mounted later.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long a changed file must stay as it is. An editor that empties it before writing must not lock everybody out.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly NamedKey? _environmentKey;
    private readonly TimeProvider _clock;
    private readonly ILogger<KeyWatch> _logger;
    private readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private KeyFileReading _inForce;
    private volatile KeyRing _ring = KeyRing.Empty;
    private bool _hadKeys = true;

    /// <param name="path">The key file.</param>
    /// <param name="environmentKey">The value of <c>API_KEY</c>. Null, empty and blank are the same: not set.</param>
    /// <param name="clock">For the interval.</param>
    /// <param name="logger">For the events of the key file.</param>
    public KeyWatch(string path, string? environmentKey, TimeProvider clock, ILogger<KeyWatch> logger)
    {
        _path = Path.GetFullPath(path);
        _clock = clock;
        _logger = logger;

        // Trimmed, because HTTP trims what clients send: with a blank at its end the key would fit nobody.
        var key = environmentKey.AsSpan().Trim();
        if (ClientKey.IsPossible(key))
            _environmentKey = NamedKey.Of(KeyFile.EnvironmentName, key);
        else if (!key.IsEmpty)
            _logger.KeyFileLineRejected("API_KEY", 1, $"it is longer than {ClientKey.MaxLength} characters");
    }

    public KeyRing Ring => _ring;

    /// <summary>How many keys are good right now.</summary>
    public int KeysInForce => _ring.CountAt(_clock.GetUtcNow());

    /// <summary>Hears of every ring that comes into force.</summary>
    public Action<KeyRing>? Adopted { private get; init; }

    /// <summary>Reads the file before anything else starts, so that the first request finds the keys.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Adopt(KeyFileReading.Of(_path), isFirst: true);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = TryWatchDirectory();
        await using var timer = _clock.CreateTimer(_ => Nudge(), state: null, TimeSpan.Zero, Interval);
        await foreach (var _ in _nudges.Reader.ReadAllAsync(stoppingToken))
        {
            var reading = KeyFileReading.Of(_path);
            if (reading != _inForce)
                Adopt(await Settled(reading, stoppingToken), isFirst: false);
            WarnWithoutKeys();
        }
    }

    private async Task<KeyFileReading> Settled(KeyFileReading reading, CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(SettleTime, _clock, stoppingToken);
            var next = KeyFileReading.Of(_path);
            if (next == reading)
                return reading;
            reading = next;
        }
    }

    private void Adopt(KeyFileReading reading, bool isFirst)
    {
        if (reading == _inForce && !isFirst)
            return;

        _inForce = reading;
        if (reading.Text is null)
        {
            if (isFirst)
                _ring = RingOf([]);
            _logger.KeyFileUnreadable(_path, reading.Trouble!, KeysInForce);
        }
        else
        {
            var file = KeyFile.Parse(reading.Text);
            _ring = RingOf(file.Keys);
            foreach (var line in file.Rejected)
                _logger.KeyFileLineRejected(_path, line.Number, line.Reason);
            _logger.KeyFileReloaded(KeysInForce, _path);
        }

        Adopted?.Invoke(_ring);
        WarnWithoutKeys();
    }

    /// <summary>Once each time the last key goes, be it from the file or by its expiry.</summary>
    private void WarnWithoutKeys()
    {
        var hasKeys = KeysInForce > 0;
        if (!hasKeys && _hadKeys)
            _logger.NoKeys(_path);
        _hadKeys = hasKeys;
    }

    private KeyRing RingOf(IEnumerable<NamedKey> fileKeys) => new(_environmentKey is null ? [.. fileKeys] : [.. fileKeys, _environmentKey]);

    /// <summary>Watches the directory, not the file: editors write a new file and rename it over the old one.</summary>
    private FileSystemWatcher? TryWatchDirectory()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!, Path.GetFileName(_path))
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.Attributes,
            };
            watcher.Changed += (_, _) => Nudge();
            watcher.Created += (_, _) => Nudge();
            watcher.Deleted += (_, _) => Nudge();
            watcher.Renamed += (_, _) => Nudge();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // No such directory yet, or no inotify instance left: looking every second finds the changes too.
            watcher?.Dispose();
            return null;
        }
    }

    private void Nudge() => _nudges.Writer.TryWrite(true);
}
