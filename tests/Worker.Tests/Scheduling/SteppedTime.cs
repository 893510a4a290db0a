namespace Worker.Tests.Scheduling;

/// <summary>Real time with a wall clock that can be set: timers and the monotonic clock go on as they do in the kernel.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _offset;

    public void Step(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));
}
