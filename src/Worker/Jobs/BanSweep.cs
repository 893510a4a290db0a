using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;

namespace Uploader.Worker.Jobs;

/// <summary>Reads the failures that are new in the ledger and writes the bans they earn, in one hold of its lock and one transaction.</summary>
internal sealed class BanSweep
{
    /// <summary>So many rows are judged at once; after a pause the rest follows in further holds, between which others get the lock.</summary>
    private const int RowsAtATime = 2_000;
    private const int BansAtATime = 1_000;
    private const int LoggedOneByOne = 50;

    /// <summary>A job that runs for a minute counts as stuck; what is left after this is for the next sweep, a second later.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    /// <summary>Rows are ordered within a batch only; a restart reads back that much further than the longest <c>FindTime</c>.</summary>
    private const int DisorderSeconds = 60;
    private const int PruneEverySeconds = 10;

    private readonly LedgerFile _ledger;
    private readonly BanCourt _court;
    private readonly int _ipv6PrefixLength;
    private readonly ILogger _logger;

    private readonly Lock _oneAtATime = new();
    private readonly BansInForce _inForce = new();
    private readonly Queue<Ban> _toRestore = new();

    private bool _isLoaded;
    private bool _isWarm;
    private string _generation = "";
    private long _seen;
    private long _prunedAtSeconds;
    private int _restored;
    private int _unloggedBans;
    private int _unloggedEnds;

    /// <param name="ledger">Where failures come from and bans go.</param>
    /// <param name="court">Judges them.</param>
    /// <param name="logger">Hears of bans and of their ends.</param>
    /// <param name="ipv6PrefixLength">How IPv6 clients are counted.</param>
    public BanSweep(LedgerFile ledger, BanCourt court, ILogger<BanSweep> logger, int ipv6PrefixLength = 64)
    {
        _ledger = ledger;
        _court = court;
        _logger = logger;
        _ipv6PrefixLength = ipv6PrefixLength;
    }

    /// <summary>Judges everything that is in the ledger now. Calls from several threads take turns.</summary>
    /// <exception cref="LedgerUnavailableException">The next call will do it.</exception>
    public void Sweep(DateTimeOffset now)
    {
        lock (_oneAtATime)
        {
            if (!_isWarm)
                WarmUp(now);

            var began = Stopwatch.GetTimestamp();
            Pass pass;
            do
            {
                pass = JudgeNext(now);
                Remember(pass, now);
            }
            while (pass.HasMore && Stopwatch.GetElapsedTime(began) < AtMost);

            TellOfEnds(now);
            TellOfTheUnlogged();
            Prune(now);
        }
    }

    /// <summary>One hold of the lock: hand-written bans, then the next failures, then the bans they earn.</summary>
    private Pass JudgeNext(DateTimeOffset now)
    {
        // Windows change while the batch runs. Should it fail, they know failures that were not judged, and are read from the ledger again.
        var pass = _ledger.Run(ledger =>
        {
            if (ledger.Generation != _generation)
                return Pass.OfNewLedger(ledger.Generation);

            _isWarm = false;
            var restored = RestoreNext(ledger);
            var adoption = ledger.Bans.Adopt(now.ToUnixTimeMilliseconds(), BansAtATime, _ipv6PrefixLength);
            var failures = ledger.Failures.After(ledger.Failures.Judged, RowsAtATime).ToList();
            _court.Judge(ledger, failures);
            if (failures.Count > 0)
                ledger.Failures.JudgedThrough(failures[^1].Id);
            var changed = ledger.Bans.ChangedSince(_seen).ToList();
            var edited = changed.Where(IsEdited).Select(ban => ban.Client).Distinct().ToDictionary(client => client, ledger.Bans.Of);
            return new Pass(ledger.Generation, ledger.Revision)
            {
                Changed = changed,
                Edited = edited,
                Adoption = adoption,
                Restored = restored,
                HasMore = failures.Count == RowsAtATime || adoption.HasMore || _toRestore.Count > restored.Count,
            };
        });
        _isWarm = true;
        return pass;
    }

    /// <summary>Takes over what a committed pass has changed, and says so.</summary>
    private void Remember(Pass pass, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        if (pass.Generation != _generation)
        {
            BeginAnew(pass.Generation, nowMs);
            return;
        }

        for (var i = 0; i < pass.Restored.Count; i++)
            _toRestore.Dequeue();
        _restored += pass.Restored.Count;
        if (_restored > 0 && _toRestore.Count == 0)
        {
            _logger.BansRestored(_restored);
            _restored = 0;
        }

        if (pass.Adoption.Count > 0)
            _logger.ManualBansAdopted(pass.Adoption.Count);
        foreach (var reason in pass.Adoption.Rejected)
            _logger.ManualBanRejected(reason);

        var logged = 0;
        foreach (var ban in pass.Changed.Where(ban => !IsEdited(ban)))
        {
            if (!pass.Edited.ContainsKey(ban.Client) && ban.IsInForce(nowMs))
                _inForce.Add(ban);
            if (pass.Restored.Contains(ban.Id))
                continue;
            if (++logged <= LoggedOneByOne)
                _logger.Banned(ban.Client.ToString(), ban.Jail, Ban.Written(ban.UntilMs), ban.Failures, ban.EarlierBans);
            else
                _unloggedBans++;
        }

        foreach (var (client, bans) in pass.Edited)
            Reread(client, bans, nowMs);
        _seen = pass.Revision;
    }

    private void Reread(Cidr client, List<Ban> bans, long nowMs)
    {
        var had = _inForce.Remove(client);
        foreach (var ban in bans.Where(ban => ban.IsInForce(nowMs)))
            _inForce.Add(ban);
        foreach (var lifted in bans.Where(ban => ban.LiftedMs is not null && had.Any(known => known.Id == ban.Id)))
            _logger.Unbanned(lifted.Client.ToString(), lifted.Jail, "lifted");
    }

    /// <summary>Another file than the last time: it was unreadable and put aside, or somebody deleted it. What is in force is written again, the rest is lost.</summary>
    private void BeginAnew(string generation, long nowMs)
    {
        foreach (var ban in _inForce.All.Where(ban => ban.IsInForce(nowMs)))
            _toRestore.Enqueue(ban);
        _inForce.Clear();
        _court.ForgetRows();
        _generation = generation;
        _seen = 0;
    }

    private HashSet<long> RestoreNext(LedgerBatch ledger) => [.. _toRestore.Take(BansAtATime).Select(ban => ledger.Bans.Insert(ban).Id)];

    /// <summary>After a start: what is in force, and the failures that were judged and may still be part of a ban.</summary>
    private void WarmUp(DateTimeOffset now)
    {
        _court.Forget();
        var judged = _ledger.Run(ledger =>
        {
            if (_generation.Length == 0)
                _generation = ledger.Generation;
            return ledger.Generation == _generation ? ledger.Failures.Judged : 0;
        });
        if (!_isLoaded)
            LoadInForce(now);

        ReadBack(judged, now.ToUnixTimeSeconds() - _court.LongestFindTimeSeconds - DisorderSeconds);
        _isWarm = true;
    }

    private void LoadInForce(DateTimeOffset now)
    {
        _inForce.Clear();
        _seen = _ledger.Run(ledger => ledger.Revision);
        foreach (var ban in _ledger.BansInForce(now.ToUnixTimeMilliseconds()))
            _inForce.Add(ban);
        _isLoaded = true;
    }

    /// <summary>Finds where to begin from the newest backwards, and adds from there forwards: a window takes failures in the order they came.</summary>
    private void ReadBack(long newest, long sinceSeconds)
    {
        var recent = new Stack<FailureRow>();
        for (var from = newest; from > 0;)
        {
            var rows = _ledger.Run(ledger => ledger.Failures.Backwards(from, RowsAtATime).ToList());
            from = rows.Count == RowsAtATime ? rows[^1].Id - 1 : 0;
            foreach (var row in rows)
            {
                if (row.AtSeconds < sinceSeconds)
                {
                    from = 0;
                    break;
                }

                recent.Push(row);
            }
        }

        foreach (var row in recent)
            _court.Recall(row);
    }

    private void TellOfEnds(DateTimeOffset now)
    {
        var logged = 0;
        foreach (var ban in _inForce.TakeEnded(now.ToUnixTimeMilliseconds()))
        {
            if (++logged <= LoggedOneByOne)
                _logger.Unbanned(ban.Client.ToString(), ban.Jail, "expired");
            else
                _unloggedEnds++;
        }
    }

    private void TellOfTheUnlogged()
    {
        if (_unloggedBans + _unloggedEnds == 0)
            return;
        _logger.BansNotLogged(_unloggedBans, _unloggedEnds);
        (_unloggedBans, _unloggedEnds) = (0, 0);
    }

    private void Prune(DateTimeOffset now)
    {
        var nowSeconds = now.ToUnixTimeSeconds();
        if (Math.Abs(nowSeconds - _prunedAtSeconds) < PruneEverySeconds)
            return;
        _court.Prune(nowSeconds);
        _prunedAtSeconds = nowSeconds;
    }

    /// <summary>A sweep's ban only adds; one that was lifted or written by hand may take away.</summary>
    private static bool IsEdited(Ban ban) => !ban.IsBySweep || ban.LiftedMs is not null;

    private sealed record Pass(string Generation, long Revision)
    {
        public IReadOnlyList<Ban> Changed { get; init; } = [];

        /// <summary>All bans of the addresses of which one was lifted or written by hand.</summary>
        public Dictionary<Cidr, List<Ban>> Edited { get; init; } = [];

        public Adoption Adoption { get; init; } = Adoption.None;

        /// <summary>The numbers of bans that were in force before and are only written again.</summary>
        public HashSet<long> Restored { get; init; } = [];

        public bool HasMore { get; init; }

        /// <summary>Nothing was judged: the file is another one, look again.</summary>
        public static Pass OfNewLedger(string generation) => new(generation, 0) { HasMore = true };
    }
}
