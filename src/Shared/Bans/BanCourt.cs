using System.Collections.Immutable;
using Uploader.Shared.Addresses;
using Uploader.Shared.Ledger;

namespace Uploader.Shared.Bans;

/// <summary>Remembers the failures that still matter, a window for each address and jail, and has <see cref="BanPolicy"/> judge those that fill up.</summary>
internal sealed class BanCourt
{
    private readonly ImmutableArray<Jail> _jails;
    private readonly AddressSet _exempt;
    private readonly Func<double> _random;
    private readonly ImmutableArray<FailureWindows> _windows;

    /// <param name="jails">The rules.</param>
    /// <param name="exempt">Never banned: <c>Bans:IgnoreIp</c> and the trusted proxies.</param>
    /// <param name="random">0 to below 1, for <c>RndTime</c>.</param>
    public BanCourt(ImmutableArray<Jail> jails, AddressSet exempt, Func<double> random)
    {
        _jails = jails;
        _exempt = exempt;
        _random = random;
        _windows = [.. jails.Where(jail => jail.Kinds.Any(kind => kind != FailureKind.Ban)).Select(jail => new FailureWindows(jail))];
        LongestFindTimeSeconds = _windows.Select(windows => (long)windows.Jail.FindTime.TotalSeconds).DefaultIfEmpty().Max();
    }

    /// <summary>A failure older than that matters to no jail.</summary>
    public long LongestFindTimeSeconds { get; }

    /// <summary>Judges failures that are new, in the order of their time, and writes down the bans they earn.</summary>
    public void Judge(ICourtRecord record, IEnumerable<FailureRow> failures)
    {
        var histories = new Dictionary<Cidr, List<Ban>>();
        foreach (var failure in failures.OrderBy(failure => failure.AtSeconds))
        {
            if (_exempt.Overlaps(failure.Client))
                continue;
            foreach (var windows in _windows)
            {
                if (!windows.Jail.Kinds.Contains(failure.Kind))
                    continue;
                var window = windows.Add(failure.Client, failure.AtSeconds, failure.Id, failure.Count);
                if (windows.IsFull(window))
                    Judge(record, windows, window, failure.Client, histories);
            }
        }
    }

    private void Judge(ICourtRecord record, FailureWindows windows, FailureWindow window, Cidr client, Dictionary<Cidr, List<Ban>> histories)
    {
        if (!histories.TryGetValue(client, out var history))
            histories[client] = history = record.BansOf(client);

        var seconds = window.Failures.ToArray().Select(failure => failure.At).ToArray();
        if (BanPolicy.Judge(windows.Jail, client, seconds, history, _random()) is not { } ban)
            return;

        var rows = window.Failures.ToArray().Select(failure => failure.Row).Distinct().Select(record.FailureOf).OfType<FailureRow>().ToList();
        history.Add(record.Write(WithEvidence(ban, rows), rows));
        windows.Remove(client);
        JudgeBans(record, client, history);
    }

    /// <summary>A ban is a failure of its own for the jails that count bans; those before it are in the history, which needs no window.</summary>
    private void JudgeBans(ICourtRecord record, Cidr client, List<Ban> history)
    {
        foreach (var jail in _jails.Where(jail => jail.Kinds.Contains(FailureKind.Ban)))
        {
            var counted = BanPolicy.CountedAsFailures(jail, history).OrderBy(ban => ban.FromMs).ToArray();
            if (BanPolicy.Judge(jail, client, counted.Select(ban => ban.FromMs / 1000).ToArray(), history, _random()) is not { } ban)
                continue;
            var evidence = counted.TakeLast(jail.MaxRetry).Select(counts => new Evidence(counts.FromMs / 1000, FailureKind.Ban, counts.Jail, "", 1));
            history.Add(record.Write(ban with { Evidence = [.. evidence] }, []));
        }
    }

    private static Ban WithEvidence(Ban ban, IReadOnlyCollection<FailureRow> rows) => ban with
    {
        Failures = Math.Max(ban.Failures, rows.Sum(row => row.Count)),
        Evidence = [.. rows.Select(row => new Evidence(row.AtSeconds, row.Kind, row.Code, row.Path, row.Count))],
    };

    /// <summary>Takes a failure that was judged before, so that later ones find it in their window.</summary>
    public void Recall(FailureRow failure)
    {
        foreach (var windows in _windows)
        {
            if (windows.Jail.Kinds.Contains(failure.Kind))
                windows.Add(failure.Client, failure.AtSeconds, failure.Id, failure.Count);
        }
    }

    public void Forget()
    {
        foreach (var windows in _windows)
            windows.Clear();
    }

    /// <inheritdoc cref="FailureWindow.ForgetRows"/>
    public void ForgetRows()
    {
        foreach (var windows in _windows)
            windows.ForgetRows();
    }

    public void Prune(long nowSeconds)
    {
        foreach (var windows in _windows)
            windows.Prune(nowSeconds);
    }
}
