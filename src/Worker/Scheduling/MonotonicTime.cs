namespace Uploader.Worker.Scheduling;

/// <summary>The clock that nobody can set: time since some fixed point, for telling how long and how late.</summary>
internal static class MonotonicTime
{
    public static TimeSpan Monotonic(this TimeProvider time) => time.GetElapsedTime(startingTimestamp: 0);
}
