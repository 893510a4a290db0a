using Uploader.Shared.Configuration;
using Uploader.Shared.Ledger;

namespace Uploader.Web.Health;

/// <summary>Knows the worker alive by the disk samples it sends: without it nobody is banned and nothing is healed.</summary>
internal sealed class WorkerSign(ScheduleOptions schedule, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // A calendar schedule says little about how long a silence may last; once a day is the rarest that makes sense.
    private readonly TimeSpan _patience = (schedule.DiskWatch.Interval ?? TimeSpan.FromDays(1)) * 3 + Grace;
    private DiskSample? _last;

    public bool IsFresh => Volatile.Read(ref _last) is { } last && (time.GetUtcNow() - last.At).Duration() < _patience;

    public void Hear(DiskSample sample) => Volatile.Write(ref _last, sample);
}
