using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Support;

/// <summary>Waits for a condition instead of a time.</summary>
public static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends as soon as the condition holds; after the deadline it fails and names the condition.</summary>
    public static Task True(Func<bool> condition, TimeSpan deadline, [CallerArgumentExpression(nameof(condition))] string what = "")
        => True(() => Task.FromResult(condition()), deadline, what);

    public static async Task True(Func<Task<bool>> condition, TimeSpan deadline, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(since) > deadline)
            {
                throw new TimeoutException($"Not within {deadline.TotalSeconds} s: {what}");
            }

            await Task.Delay(Pause);
        }
    }
}
