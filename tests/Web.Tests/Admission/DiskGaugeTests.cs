using Uploader.Shared.Configuration;
using Uploader.Web.Admission;

namespace Web.Tests.Admission;

public sealed class DiskGaugeTests
{
    private const long Free = 1_000_000;

    [Fact]
    public void What_is_promised_counts_until_it_is_given_back()
    {
        var gauge = Measured(max: 1000, used: 400);
        using (gauge.TryReserve(600))
            Assert.False(gauge.HasRoomFor(1));
        Assert.True(gauge.HasRoomFor(600));
        Assert.False(gauge.HasRoomFor(601));
    }

    [Fact]
    public void What_was_committed_counts_until_a_walk_that_began_after_it()
    {
        var gauge = Measured(max: 1000, used: 0);
        var before = Now();
        Commit(gauge, 300);

        gauge.Apply(usedBytes: 0, walkStarted: before); // May have met the file or not.
        Assert.False(gauge.HasRoomFor(701));
        gauge.Apply(usedBytes: 300, walkStarted: Now());
        Assert.True(gauge.HasRoomFor(700));
        Assert.False(gauge.HasRoomFor(701));
    }

    [Fact]
    public void A_walk_that_began_before_this_process_or_in_the_future_is_passed_over()
    {
        var before = Now();
        var gauge = Gauge(max: 1000);

        gauge.Apply(usedBytes: 0, walkStarted: before);
        gauge.Apply(usedBytes: 0, walkStarted: Now() + TimeProvider.System.TimestampFrequency * 3600);

        Assert.False(gauge.IsKnown);
        Assert.Null(gauge.TryReserve(1));
    }

    [Fact]
    public void Without_a_limit_in_bytes_only_free_space_decides()
    {
        var gauge = new DiskGauge(new DiskOptions { MinFree = 100 }, () => Free);
        Assert.True(gauge.IsKnown);
        Assert.True(gauge.HasRoomFor(Free - 100));
        Assert.False(gauge.HasRoomFor(Free - 99));
    }

    [Fact]
    public void Of_free_space_what_is_promised_and_not_yet_written_is_spoken_for()
    {
        var free = Free;
        var gauge = new DiskGauge(new DiskOptions { MinFree = 0 }, () => free);
        using var reservation = gauge.TryReserve(600_000)!;
        Assert.False(gauge.HasRoomFor(400_001));

        free -= 600_000; // Written: the file system says so itself, and nothing is counted twice.
        reservation.Wrote(600_000);
        Assert.True(gauge.HasRoomFor(400_000));
        Assert.False(gauge.HasRoomFor(400_001));
    }

    [Fact]
    public void A_body_without_length_asks_for_room_a_step_at_a_time()
    {
        var gauge = Measured(max: 1000, used: 0);
        using var reservation = gauge.TryReserve(0)!;
        Assert.True(reservation.TryCover(total: 1, step: 500));
        Assert.True(reservation.TryCover(total: 500, step: 500));
        Assert.False(gauge.HasRoomFor(501));
        Assert.True(reservation.TryCover(total: 501, step: 500));
        Assert.False(reservation.TryCover(total: 1001, step: 500));
    }

    private static void Commit(DiskGauge gauge, long bytes)
    {
        using var reservation = gauge.TryReserve(bytes)!;
        reservation.Wrote(bytes);
        reservation.Committed(bytes);
    }

    private static DiskGauge Measured(long max, long used)
    {
        var gauge = Gauge(max);
        gauge.Apply(used, Now());
        return gauge;
    }

    private static DiskGauge Gauge(long max) => new(new DiskOptions { MaxBytes = max, MinFree = 0 }, () => Free);

    private static long Now() => TimeProvider.System.GetTimestamp();
}
