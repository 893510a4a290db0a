using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Failures;

/// <summary>The court's record of a trial: it begins without bans, and what is written in it bans nobody.</summary>
/// <param name="failures">To be judged, each with a number of its own as its row.</param>
internal sealed class Trial(IEnumerable<FailureRow> failures) : ICourtRecord
{
    private readonly Dictionary<long, FailureRow> _failures = failures.ToDictionary(failure => failure.Id);
    private readonly Dictionary<Cidr, List<Ban>> _bans = [];
    private readonly List<Sentence> _sentences = [];

    /// <summary>The bans that would fall, in the order of their beginning.</summary>
    public IReadOnlyList<Sentence> Hold(BanCourt court)
    {
        court.Judge(this, _failures.Values);
        return [.. _sentences.OrderBy(sentence => sentence.Ban.FromMs)];
    }

    public List<Ban> BansOf(Cidr client) => [.. _bans.GetValueOrDefault(client, [])];

    public FailureRow? FailureOf(long row) => _failures.TryGetValue(row, out var failure) ? failure : null;

    public Ban Write(Ban ban, IReadOnlyCollection<FailureRow> failures)
    {
        var written = ban with { Id = _sentences.Count + 1 };
        _sentences.Add(new(written, [.. failures.Select(failure => failure.Id).Order()]));
        if (!_bans.TryAdd(ban.Client, [written]))
            _bans[ban.Client].Add(written);
        return written;
    }

    /// <summary>A ban that would fall.</summary>
    /// <param name="Lines">The failures that earn it; none when bans do.</param>
    public sealed record Sentence(Ban Ban, long[] Lines);
}
