using Uploader.Worker.Scheduling;

namespace Worker.Tests.Scheduling;

public sealed class ClockStepTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null)]
    [InlineData(0.9, null)]
    [InlineData(-0.9, null)]
    [InlineData(1, 1.0)]
    [InlineData(3_600, 3_600.0)]
    [InlineData(-3_600, -3_600.0)]
    public void A_step_is_what_the_wall_clock_moved_more_than_the_monotonic_one(double moved, double? step)
    {
        var clock = new ClockStep(Noon, TimeSpan.FromSeconds(50));

        Assert.Equal(step, clock.Since(Noon.AddSeconds(10 + moved), TimeSpan.FromSeconds(60))?.TotalSeconds);
    }

    [Fact]
    public void A_step_is_told_once()
    {
        var clock = new ClockStep(Noon, TimeSpan.Zero);

        Assert.NotNull(clock.Since(Noon.AddHours(1), TimeSpan.FromSeconds(1)));
        Assert.Null(clock.Since(Noon.AddHours(1).AddSeconds(1), TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void A_clock_that_is_slewed_is_not_stepped()
    {
        var clock = new ClockStep(Noon, TimeSpan.Zero);

        Assert.All(Enumerable.Range(1, 1_000), second =>
            Assert.Null(clock.Since(Noon.AddSeconds(second * 1.08), TimeSpan.FromSeconds(second)))); // chrony slews by 8.3 percent at most.
    }
}
