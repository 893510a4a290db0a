using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Web.Health;

namespace Uploader.Web.Banning;

/// <summary>Brings into the ban list what changed in the ledger, as soon as its signal says so, and hands on the worker's disk samples.</summary>
internal sealed class BanListRefresher : BackgroundService
{
    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(1);

    private readonly LedgerFile _ledger;
    private readonly LedgerSignal _signal;
    private readonly BanList _bans;
    private readonly Action<DiskSample> _onDisk;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BanListMark _mark;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string _generation = "";
    private long _seen;
    private long _prunedAt;
    private DiskSample? _disk;

    public BanListRefresher(LedgerFile ledger, LedgerSignal signal, BanList bans, Action<DiskSample> onDisk, TimeProvider time, ILogger<BanListRefresher> logger)
    {
        _ledger = ledger;
        _signal = signal;
        _bans = bans;
        _onDisk = onDisk;
        _time = time;
        _logger = logger;
        _mark = new BanListMark(ledger.Directory);
        _prunedAt = time.GetTimestamp();
        Sign = new LoopSign(time);
    }

    public LoopSign Sign { get; }

    /// <summary>
    /// Ends after the first attempt to load the bans, which the server should wait for before it takes requests. The attempt may have failed: without its ledger
    /// the service still takes uploads, <see cref="HasLoaded"/> tells.
    /// </summary>
    public Task Ready => _ready.Task;

    /// <summary>Whether the bans were read at least once.</summary>
    public bool HasLoaded => _generation.Length > 0;

    /// <summary>Reads what changed; the first time, and after the ledger was begun anew, everything in force.</summary>
    public void Refresh()
    {
        var changed = _ledger.Run(ledger => ledger.Generation == _generation
            ? Changes(ledger)
            : new Reading(ledger.Generation, ledger.Revision, [], ledger.Status.FindDisk()));
        if (changed.Generation != _generation)
            Load(changed.Generation, changed.Revision);

        foreach (var (client, end, isWhole) in changed.Ends)
            Apply(client, end, isWhole);
        _seen = changed.Revision;
        _mark.Tell(new(_generation, _seen));
        if (changed.Disk is { } disk && disk != _disk)
            _onDisk(_disk = disk);
        PruneNowAndThen();
    }

    /// <summary>The server starts listening after this: no banned client gets in while the bans are still being read.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await Ready.WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _mark.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Sign.ComeRound();
            try
            {
                Refresh();
            }
            catch (LedgerUnavailableException)
            {
                // Logged where it happened, once; the bans in memory stay in force.
            }
            catch (Exception e)
            {
                // The edge of the loop: bans that no longer arrive are worse than one failure told twice.
                _logger.JobFailed(nameof(BanListRefresher), e);
            }

            _ready.TrySetResult();
            await _signal.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Everything in force, a few thousand at a time so that nobody waits for the lock. What changes meanwhile has a later revision than the one noted before, and is
    /// read next. What is in memory stays: after a quarantine the new ledger knows less than we do.
    /// </summary>
    private void Load(string generation, long revision)
    {
        foreach (var ban in _ledger.BansInForce(_time.GetUtcNow().ToUnixTimeMilliseconds()))
            _bans.Extend(ban.Client, ban.UntilMs);

        _generation = generation;
        _seen = revision;
        _logger.BansCatchUp(_bans.Count);
    }

    private Reading Changes(LedgerBatch ledger)
    {
        if (ledger.Revision == _seen)
            return new(ledger.Generation, _seen, [], null);

        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var ends = new List<(Cidr, long, bool)>();
        var edited = new HashSet<Cidr>();
        foreach (var ban in ledger.Bans.ChangedSince(_seen))
        {
            // A sweep's ban is written once and can only add; a lifted one, or an operator's, may take away: then all of its address count.
            if (ban is { IsBySweep: true, LiftedMs: null })
                ends.Add((ban.Client, ban.UntilMs, false));
            else
                edited.Add(ban.Client);
        }

        foreach (var client in edited)
            ends.Add((client, ledger.Bans.Of(client).Where(ban => ban.IsInForce(nowMs)).Max(ban => (long?)ban.UntilMs) ?? 0, true));
        return new(ledger.Generation, ledger.Revision, ends, ledger.Status.FindDisk());
    }

    private void Apply(Cidr client, long endMs, bool isWhole)
    {
        if (!isWhole)
            _bans.Extend(client, endMs);
        else if (endMs > 0)
            _bans.Replace(client, endMs);
        else
            _bans.Remove(client);
    }

    private void PruneNowAndThen()
    {
        if (_time.GetElapsedTime(_prunedAt) < PruneEvery)
            return;
        _bans.Prune(_time.GetUtcNow().ToUnixTimeMilliseconds());
        _prunedAt = _time.GetTimestamp();
    }

    private sealed record Reading(string Generation, long Revision, IReadOnlyList<(Cidr Client, long EndMs, bool IsWhole)> Ends, DiskSample? Disk);
}
