using Uploader.Shared.Configuration;

namespace Shared.Tests.Configuration;

public sealed class RecurrenceTests
{
    [Theory]
    [InlineData("1s", 1)]
    [InlineData("30s", 30)]
    [InlineData(" 5m ", 300)]
    [InlineData("1h", 3_600)]
    [InlineData("1d", 86_400)]
    [InlineData("2w", 1_209_600)]
    [InlineData("366d", 31_622_400)]
    public void An_interval_is_a_number_and_a_unit(string text, int seconds)
    {
        Assert.True(Recurrence.TryParse(text, out var recurrence, out _));
        Assert.Equal(TimeSpan.FromSeconds(seconds), recurrence.Interval);
        Assert.Null(recurrence.Cron);
        Assert.Equal(text.Trim(), recurrence.ToString());
    }

    [Theory]
    [InlineData("0 0 3 * * ?")]
    [InlineData("0 0/5 14,18 ? * MON-FRI")]
    [InlineData("0 15 10 L * ? 2030")]
    [InlineData("0 15 10 ? * 6#3")]
    public void Six_or_seven_fields_are_a_cron_expression(string text)
    {
        Assert.True(Recurrence.TryParse(text, out var recurrence, out _));
        Assert.Equal(text, recurrence.Cron);
        Assert.Null(recurrence.Interval);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("30")]
    [InlineData("30 s")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("1y")]
    [InlineData("00:00:30")]
    [InlineData("0 3 * * *")]
    [InlineData("0 0 3 * * ? 2030 x")]
    [InlineData("0 0 3 * * $")]
    public void Anything_else_is_refused_with_what_would_be_right(string? text)
    {
        Assert.False(Recurrence.TryParse(text, out var recurrence, out var finding));
        Assert.Null(recurrence);
        Assert.Contains("30s", finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("367d")]
    [InlineData("2147483647w")]
    [InlineData("99999999999999999999s")]
    public void An_interval_has_bounds(string text)
    {
        Assert.False(Recurrence.TryParse(text, out _, out var finding));
        Assert.Equal("an interval is between 1s and 366d", finding);
    }
}
