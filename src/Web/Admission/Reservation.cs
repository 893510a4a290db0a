namespace Uploader.Web.Admission;

/// <summary>Room on the disk promised to one request. Disposed: what was not committed is given back.</summary>
internal sealed class Reservation(DiskGauge gauge) : IDisposable
{
    private long _promised;
    private long _written;
    private long _committed;

    public bool TryGrow(long bytes)
    {
        if (!gauge.TryPromise(bytes))
            return false;
        _promised += bytes;
        return true;
    }

    /// <summary>A body without declared length reserves as it arrives, a step at a time so that the gauge is not asked for every read.</summary>
    public bool TryCover(long total, long step) => total <= _promised || TryGrow(Math.Max(total - _promised, step));

    /// <summary>Bytes that lie in staging now: the file system's free space has them already.</summary>
    public void Wrote(long bytes)
    {
        _written += bytes;
        gauge.Wrote(bytes);
    }

    public void Committed(long bytes) => _committed += bytes;

    public void Dispose()
    {
        gauge.Settle(_promised, _written, _committed);
        (_promised, _written, _committed) = (0, 0, 0);
    }
}
