using Uploader.Shared.Configuration;

namespace Shared.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("10m", 600)]
    [InlineData("1h", 3600)]
    [InlineData("1d", 86400)]
    [InlineData("1w", 604800)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h 30m", 5400)]
    [InlineData(" 0s ", 0)]
    public void It_is_read_as_operators_write_it(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("10 minutes")]
    [InlineData("-10m")]
    [InlineData("1.5h")]
    [InlineData("10M")]
    [InlineData("00:10:00")]
    [InlineData("99999999999999999w")]
    [InlineData("９m")]
    public void Anything_else_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("0s")]
    [InlineData("10m")]
    [InlineData("1h30m")]
    [InlineData("1w1d")]
    [InlineData("250ms")]
    public void It_is_written_as_it_is_read(string text)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(text, Duration.Write(duration));
    }
}
