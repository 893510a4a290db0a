using Microsoft.Extensions.Logging;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Storage;

/// <summary>How many things one sweep found, and what became of them.</summary>
internal sealed record SweptDrift(long Repaired, long NotRepaired, long Foreign);

/// <summary>
/// Repairs what a walk finds and says so: each repair, but what cannot be repaired once and not at every sweep; and whatever somebody
/// plants by the thousand, only the first of it line by line.
/// </summary>
internal sealed class PermissionSweep(string root, WantedPermissions wanted, ILogger<PermissionSweep> logger)
{
    /// <summary>Of each kind, a sweep.</summary>
    public const int LinesAtMost = 200;

    private readonly HashSet<string> _saidBefore = new(StringComparer.Ordinal);
    private (long NotRepaired, long Foreign) _summedBefore;

    /// <summary>What the last sweep came to; null before the first.</summary>
    public SweptDrift? Last { get; private set; }

    /// <exception cref="PosixException">The root cannot be opened.</exception>
    public WalkReport Sweep(CancellationToken cancellation)
    {
        var round = new Round(_saidBefore, logger);
        var report = TreeWalk.Run(root, wanted, round, cancellation);

        // What was repaired or removed in the meantime is news again when it comes back.
        _saidBefore.Clear();
        _saidBefore.UnionWith(round.Said);

        var sums = (round.NotRepaired, round.Foreign);
        if (round.IsCutShort && (round.Repaired > LinesAtMost || sums != _summedBefore))
            logger.DriftSwept(round.Repaired, round.NotRepaired, round.Foreign);
        _summedBefore = sums;
        Last = new SweptDrift(round.Repaired, round.NotRepaired, round.Foreign);
        return report;
    }

    private sealed class Round(HashSet<string> saidBefore, ILogger logger) : IDriftVisitor
    {
        public HashSet<string> Said { get; } = new(StringComparer.Ordinal);

        public long Repaired { get; private set; }

        public long NotRepaired { get; private set; }

        public long Foreign { get; private set; }

        public bool IsCutShort => Repaired > LinesAtMost || NotRepaired > LinesAtMost || Foreign > LinesAtMost;

        public void Drifted(in Finding finding)
        {
            var repair = PermissionRepair.Of(finding);
            switch (repair.Outcome)
            {
                case RepairOutcome.Repaired:
                    if (++Repaired <= LinesAtMost)
                        logger.DriftRepaired(finding.Path, repair.Was.ToString(), repair.Now.ToString());
                    break;
                case RepairOutcome.NotRepaired:
                    var (path, now, goal, reason) = (finding.Path, repair.Now.ToString(), finding.Wanted.ToString(), repair.Reason);
                    if (++NotRepaired <= LinesAtMost && IsNews($"{path} {now} {reason}"))
                        logger.DriftNotRepaired(path, now, goal, reason);
                    break;
                case RepairOutcome.Foreign:
                    SayForeign(finding, repair.Reason);
                    break;
                case RepairOutcome.Vanished:
                    break;
            }
        }

        void IDriftVisitor.Foreign(in Finding finding, string kind) => SayForeign(finding, kind);

        private void SayForeign(in Finding finding, string kind)
        {
            if (++Foreign > LinesAtMost)
                return;
            var path = finding.Path;
            if (IsNews($"{path} {kind}"))
                logger.ForeignObject(path, kind);
        }

        private bool IsNews(string line)
        {
            Said.Add(line);
            return !saidBefore.Contains(line);
        }
    }
}
