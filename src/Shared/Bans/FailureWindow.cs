namespace Uploader.Shared.Bans;

/// <summary>The latest failures of one address in one jail, in order of time, no more than the jail's <c>MaxRetry</c>: all that a verdict needs.</summary>
internal sealed class FailureWindow
{
    private (long At, long Row)[] _failures = new (long, long)[1];
    private int _count;

    public ReadOnlySpan<(long At, long Row)> Failures => _failures.AsSpan(0, _count);

    public long NewestAt => _failures[_count - 1].At;

    /// <summary>Adds one failure; <paramref name="row"/> is its number in the ledger, 0 when that is lost.</summary>
    public void Add(long at, long row, int maxRetry, long findTime)
    {
        // A failure that arrives after others and happened more than a window before them: the clock was set back. What lies in its future
        // would keep the window full of failures that nothing new can join, until the clock has caught up.
        if (_count > 0 && at < NewestAt - findTime)
            RemoveAfter(at);

        if (_count == maxRetry)
        {
            if (at < _failures[0].At)
                return;
            Array.Copy(_failures, 1, _failures, 0, --_count);
        }
        else if (_count == _failures.Length)
        {
            Array.Resize(ref _failures, Math.Min(_count * 2, maxRetry));
        }

        // Almost always the newest; summing and clocks that jitter bring a second or two of disorder.
        var place = _count;
        for (; place > 0 && _failures[place - 1].At > at; place--)
            _failures[place] = _failures[place - 1];
        _failures[place] = (at, row);
        _count++;
    }

    /// <summary>Whether it may hold a ban, before the bans that were are looked up.</summary>
    public bool IsFull(int maxRetry, long findTime) => _count >= maxRetry && NewestAt - _failures[0].At <= findTime;

    /// <summary>The ledger was begun anew: the numbers of its rows mean other failures now.</summary>
    public void ForgetRows()
    {
        for (var i = 0; i < _count; i++)
            _failures[i].Row = 0;
    }

    private void RemoveAfter(long at)
    {
        while (_count > 0 && NewestAt > at)
            _count--;
    }
}
