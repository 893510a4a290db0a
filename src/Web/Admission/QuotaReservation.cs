using Uploader.Web.Refusals;

namespace Uploader.Web.Admission;

/// <summary>A part of a key's quota for today, held for one request. Disposed: what was not committed is given back.</summary>
/// <param name="gate">Where it is from.</param>
/// <param name="key">The name.</param>
/// <param name="quota">Bytes a day; null: without end, and only counted.</param>
/// <param name="promised">Bytes held from the start.</param>
internal sealed class QuotaReservation(QuotaGate gate, string key, long? quota, long promised) : IDisposable
{
    /// <summary>More is asked for in steps, as for the disk.</summary>
    private const long Step = 1L << 20;

    private long _promised = promised;
    private long _taken;
    private long _committed;
    private DateTimeOffset _at;

    /// <summary>Takes so many bytes of a file that has come.</summary>
    public Refusal? RefusesMore(long bytes)
    {
        if (quota is { } most && _taken + bytes > _promised)
        {
            if (_taken + bytes > most)
                return QuotaGate.LargerThan(most);
            var missing = _taken + bytes - _promised;
            var granted = gate.TryPromise(key, most, missing, Step);
            if (granted == 0)
                return gate.UsedUp(most);
            _promised += granted;
        }

        _taken += bytes;
        return null;
    }

    /// <summary>A file was refused after all.</summary>
    public void Return(long bytes) => _taken -= bytes;

    /// <param name="bytes">Of one file.</param>
    /// <param name="at">The instant it was stored under.</param>
    public void Committed(long bytes, DateTimeOffset at) => (_committed, _at) = (_committed + bytes, at);

    public void Dispose()
    {
        gate.Settle(key, _promised, _committed, _at);
        (_promised, _taken, _committed) = (0, 0, 0);
    }
}
