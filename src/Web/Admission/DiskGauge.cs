using Uploader.Shared.Configuration;

namespace Uploader.Web.Admission;

/// <summary>
/// What the disk holds and what is promised to it. Bytes used + bytes in flight + bytes asked for never pass <c>Disk:MaxBytes</c>, and
/// free space less what is promised but not yet written never falls below <c>Disk:MinFree</c>.
/// </summary>
/// <remarks>
/// Used bytes are those of the last walk plus every file committed since that walk <em>began</em>: a file that the walk may or may not
/// have met is counted twice until the next one rather than not at all.
/// </remarks>
internal sealed class DiskGauge(DiskOptions limits, Func<long> freeBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Timestamp, long Bytes)> _committedSince = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private long _walked;
    private long _committed;
    private long _promised;
    private long _written;

    /// <summary>Whether there is a base to count from; without one a limit in bytes cannot be kept.</summary>
    public bool IsKnown { get; private set; } = limits.MaxBytes is null;

    /// <summary>
    /// Takes over the result of a walk that began at that monotonic timestamp. One that began before this process did is passed over: it does
    /// not know what the process before this one committed; one from the future is of the boot before.
    /// </summary>
    public void Apply(long usedBytes, long walkStarted)
    {
        if (walkStarted < _began || walkStarted > TimeProvider.System.GetTimestamp())
            return;
        lock (_lock)
        {
            while (_committedSince.TryPeek(out var commit) && commit.Timestamp < walkStarted)
                _committed -= _committedSince.Dequeue().Bytes;
            _walked = usedBytes;
            IsKnown = true;
        }
    }

    public bool HasRoomFor(long bytes)
    {
        lock (_lock)
            return HasRoomForMore(bytes);
    }

    /// <summary>Null when there is no room.</summary>
    public Reservation? TryReserve(long bytes)
    {
        var reservation = new Reservation(this);
        return reservation.TryGrow(bytes) ? reservation : null;
    }

    internal bool TryPromise(long bytes)
    {
        lock (_lock)
        {
            if (!HasRoomForMore(bytes))
                return false;
            _promised += bytes;
            return true;
        }
    }

    internal void Wrote(long bytes)
    {
        lock (_lock)
            _written += bytes;
    }

    /// <summary>Moves committed bytes from promised to used in one step, so that no other upload sees a moment without them.</summary>
    internal void Settle(long promised, long written, long committed)
    {
        lock (_lock)
        {
            _promised -= promised;
            _written -= written;
            if (committed == 0)
                return;
            _committed += committed;
            _committedSince.Enqueue((TimeProvider.System.GetTimestamp(), committed));
        }
    }

    private bool HasRoomForMore(long bytes)
    {
        if (limits.MaxBytes is { } max && (!IsKnown || bytes > max - _walked - _committed - _promised))
            return false;
        return freeBytes() - Math.Max(0, _promised - _written) - bytes >= limits.MinFree;
    }
}
