namespace Uploader.Worker.Scheduling;

/// <summary>Finds a step of the wall clock by comparing it with the monotonic one. A clock that is slewed (NTP) or drifts never shows as a step.</summary>
internal sealed class ClockStep(DateTimeOffset wall, TimeSpan monotonic)
{
    /// <summary>Less could be a process that was not scheduled between two readings.</summary>
    public static readonly TimeSpan Threshold = TimeSpan.FromSeconds(1);

    private DateTimeOffset _origin = wall - monotonic;

    /// <returns>How far the wall clock was moved since the last call, or null when it was not.</returns>
    public TimeSpan? Since(DateTimeOffset wall, TimeSpan monotonic)
    {
        var origin = wall - monotonic;
        var moved = origin - _origin;
        _origin = origin;
        return moved.Duration() >= Threshold ? moved : null;
    }
}
