using CsCheck;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Shared.Tests.Bans;

public sealed class FailureWindowTests
{
    private const int MaxRetry = 3;
    private const long FindTime = 600;

    [Theory]
    [InlineData("1 2", "1 2", false)]
    [InlineData("1 2 3", "1 2 3", true)]
    [InlineData("1 2 3 4", "2 3 4", true)]
    [InlineData("3 1 2", "1 2 3", true)]
    [InlineData("5 6 7 4", "5 6 7", true)]
    [InlineData("1 2 602", "1 2 602", false)]
    [InlineData("2 3 602", "2 3 602", true)]
    public void It_keeps_the_latest_in_the_order_of_their_time(string added, string kept, bool isFull)
    {
        var window = WindowOf(added);

        Assert.Equal(kept, string.Join(' ', window.Failures.ToArray().Select(failure => failure.At)));
        Assert.Equal(isFull, window.IsFull(MaxRetry, FindTime));
    }

    [Fact]
    public void After_a_clock_was_set_back_an_hour_new_failures_fill_a_window_of_their_own() =>
        Assert.True(WindowOf("5000 5001 1400 1401 1402").IsFull(MaxRetry, FindTime));

    [Fact]
    public void After_a_clock_was_set_forward_an_hour_old_failures_do_not_count() =>
        Assert.False(WindowOf("1400 1401 5000").IsFull(MaxRetry, FindTime));

    [Fact]
    public void It_holds_no_more_than_a_verdict_needs_and_always_in_order() =>
        Gen.Long[0, 5000].Array[0, 40].Sample(failures =>
        {
            var window = new FailureWindow();
            foreach (var at in failures)
                window.Add(at, 0, MaxRetry, FindTime);
            var kept = window.Failures.ToArray().Select(failure => failure.At).ToArray();
            return kept.Length <= MaxRetry && kept.SequenceEqual(kept.Order());
        });

    [Fact]
    public void An_address_that_was_quiet_for_the_find_time_is_forgotten()
    {
        var windows = new FailureWindows(Jail.Defaults[0]);
        windows.Add(Cidr.Parse("203.0.113.7"), 1000, 1, 1);
        windows.Add(Cidr.Parse("203.0.113.8"), 1500, 2, 1);

        windows.Prune(1601);

        Assert.Equal(1, windows.Count);
    }

    [Fact]
    public void A_row_of_many_failures_counts_as_many()
    {
        var windows = new FailureWindows(Jail.Defaults[0]);

        Assert.False(windows.IsFull(windows.Add(Cidr.Parse("203.0.113.7"), 1000, 1, 4)));
        Assert.True(windows.IsFull(windows.Add(Cidr.Parse("203.0.113.8"), 1000, 2, int.MaxValue)));
    }

    private static FailureWindow WindowOf(string failures)
    {
        var window = new FailureWindow();
        foreach (var at in failures.Split(' '))
            window.Add(long.Parse(at), 0, MaxRetry, FindTime);
        return window;
    }
}
