using CsCheck;
using Uploader.Shared.Storage;
using static Uploader.Shared.Storage.DiskLevel;

namespace Shared.Tests.Storage;

public sealed class DiskLevelTests
{
    private const long Plenty = 1_000_000;
    private static readonly DiskThresholds Limited = new(MaxBytes: 1000, MinFree: 100, WarnPercent: 80, CriticalPercent: 95);

    [Theory]
    [InlineData("Normal", 0, "Normal")]
    [InlineData("Normal", 799, "Normal")]
    [InlineData("Normal", 800, "Warning")]
    [InlineData("Normal", 950, "Critical")]
    [InlineData("Warning", 949, "Warning")]
    [InlineData("Warning", 950, "Critical")]
    [InlineData("Warning", 770, "Warning")]
    [InlineData("Warning", 769, "Normal")]
    [InlineData("Critical", 920, "Critical")]
    [InlineData("Critical", 919, "Warning")]
    [InlineData("Critical", 770, "Warning")]
    [InlineData("Critical", 769, "Normal")]
    [InlineData("Normal", 2000, "Critical")]
    public void Used_of_the_limit_decides(string current, long used, string expected) =>
        Assert.Equal(Enum.Parse<DiskLevel>(expected), Limited.Judge(Enum.Parse<DiskLevel>(current), new DiskSample(used, new FileSystemSpace(Plenty, 0))));

    [Theory]
    [InlineData("Normal", 200, "Normal")]
    [InlineData("Normal", 199, "Warning")]
    [InlineData("Normal", 100, "Warning")]
    [InlineData("Normal", 99, "Critical")]
    [InlineData("Warning", 205, "Warning")]
    [InlineData("Warning", 206, "Normal")]
    [InlineData("Critical", 102, "Critical")]
    [InlineData("Critical", 103, "Warning")]
    [InlineData("Critical", 206, "Normal")]
    public void So_do_the_free_bytes(string current, long free, string expected) =>
        Assert.Equal(Enum.Parse<DiskLevel>(expected), Limited.Judge(Enum.Parse<DiskLevel>(current), new DiskSample(0, new FileSystemSpace(free, 0))));

    [Theory]
    [InlineData(700, 300, "Normal")]
    [InlineData(800, 200, "Warning")]
    [InlineData(950, 50, "Critical")]
    public void Without_a_limit_the_file_systems_fill_decides(long used, long free, string expected)
    {
        var unlimited = Limited with { MaxBytes = null, MinFree = 0 };

        Assert.Equal(Enum.Parse<DiskLevel>(expected), unlimited.Judge(Normal, new DiskSample(0, new FileSystemSpace(free, used))));
    }

    [Fact]
    public void A_disk_that_breathes_around_a_threshold_is_reported_once() => Gen.Int[780, 820].Array[1, 100].Sample(breaths =>
    {
        var level = Warning;
        return breaths.All(used => (level = Limited.Judge(level, new DiskSample(used, new FileSystemSpace(Plenty, 0)))) == Warning);
    });

    [Fact]
    public void Judging_the_same_sample_twice_changes_nothing() => Gen.Select(Gen.Long[0, 1100], Gen.Long[0, 300], Gen.Enum<DiskLevel>()).Sample((used, free, current) =>
    {
        var sample = new DiskSample(used, new FileSystemSpace(free, 0));
        var level = Limited.Judge(current, sample);
        return Limited.Judge(level, sample) == level;
    });

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1000, 50)]
    public void A_limit_of_nothing_is_full(long max, double percent) =>
        Assert.Equal(percent, (Limited with { MaxBytes = max }).PercentOf(new DiskSample(500, default)));
}
