using Uploader.Shared.Journal;

namespace Uploader.Web.Health;

/// <summary>
/// Says whether this process still does what it is there for, for the watchdog: its loops come round, by which bans are learnt and failures counted. That it is
/// asked at all shows that the thread pool answers: the pulse waits there in the line that requests wait in.
/// </summary>
/// <remarks>
/// It does not ask itself over its own socket: with all connections taken by strangers that would fail, and a flood would have the process killed. Nor does it look
/// at commits: a slow disk is mended by no restart.
/// </remarks>
internal sealed class Liveness(IReadOnlyDictionary<string, LoopSign> loops, ILogger<Liveness> logger)
{
    /// <summary>
    /// A turn waits up to 5 s for the ledger's lock and writes a thousand rows, or reads all bans after a start: a second for each hundred thousand.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private bool _isStalled;

    /// <summary>Asked by one pulse, never by two at once.</summary>
    public bool IsAlive()
    {
        var (name, sign) = loops.MaxBy(loop => loop.Value.Silence);
        var wasStalled = _isStalled;
        _isStalled = sign.Silence > Patience;
        if (_isStalled && !wasStalled)
            logger.LoopStalled(name, Math.Round(sign.Silence.TotalSeconds));
        return !_isStalled;
    }
}
