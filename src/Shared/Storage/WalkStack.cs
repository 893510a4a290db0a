namespace Uploader.Shared.Storage;

/// <summary>
/// The folders from the root down to where a walk is. A chain of 10,000 folders must not take 10,000 handles: the first levels stay open and so do
/// the last; one between is closed and later opened again through its child's <c>..</c>.
/// </summary>
internal sealed class WalkStack : IDisposable
{
    /// <summary>Ours are four deep (root, year, month, day): what somebody moves about in the deep never costs the walk of those.</summary>
    private const int KeptAtTop = 16;

    private const int KeptAtBottom = 16;

    private readonly List<WalkLevel> _levels = [];

    public bool IsEmpty => _levels.Count == 0;

    /// <summary>1 in the root.</summary>
    public int Depth => _levels.Count;

    public WalkLevel Top => _levels[^1];

    public void Push(WalkLevel level)
    {
        _levels.Add(level);
        var outOfReach = _levels.Count - 1 - KeptAtBottom;
        if (outOfReach >= KeptAtTop)
            _levels[outOfReach].Dispose();
    }

    /// <summary>Back to the parent, or to the nearest folder above that can still be reached.</summary>
    /// <returns>The walk's path length there, and how many folders had to be given up on the way.</returns>
    public (int PathLength, int Lost) Pop()
    {
        using var left = Take();
        var pathLength = left.PathLength;
        var lost = 0;
        while (!IsEmpty && Top.IsClosed && !(lost == 0 && Top.TryReopen(left.Handle)))
        {
            pathLength = Take().PathLength;
            lost++;
        }

        return (pathLength, lost);
    }

    public void Dispose()
    {
        foreach (var level in _levels)
            level.Dispose();
        _levels.Clear();
    }

    private WalkLevel Take()
    {
        var level = _levels[^1];
        _levels.RemoveAt(_levels.Count - 1);
        return level;
    }
}
