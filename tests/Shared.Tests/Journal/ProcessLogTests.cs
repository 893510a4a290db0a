using Uploader.Shared.Journal;

namespace Shared.Tests.Journal;

public sealed class ProcessLogTests
{
    [Theory]
    [InlineData(nameof(LogTarget.Auto), true, true, nameof(LogTarget.Journal))]
    [InlineData(nameof(LogTarget.Auto), true, false, nameof(LogTarget.Console))]
    [InlineData(nameof(LogTarget.Auto), false, true, nameof(LogTarget.Console))]
    [InlineData(nameof(LogTarget.Journal), false, false, nameof(LogTarget.Journal))]
    [InlineData(nameof(LogTarget.Console), true, true, nameof(LogTarget.Console))]
    public void The_journal_is_for_a_process_under_systemd(string asked, bool underSystemd, bool socketExists, string chosen) =>
        Assert.Equal(Enum.Parse<LogTarget>(chosen), ProcessLog.Choose(Enum.Parse<LogTarget>(asked), underSystemd, socketExists));

    [Theory]
    [InlineData(null, true, nameof(LogTarget.Auto))]
    [InlineData("", true, nameof(LogTarget.Auto))]
    [InlineData("auto", true, nameof(LogTarget.Auto))]
    [InlineData("Console", true, nameof(LogTarget.Console))]
    [InlineData("journal", true, nameof(LogTarget.Journal))]
    [InlineData("1", false, nameof(LogTarget.Auto))]
    [InlineData("syslog", false, nameof(LogTarget.Auto))]
    public void The_target_is_a_word(string? word, bool known, string target)
    {
        Assert.Equal(known, ProcessLog.TryParse(word, out var parsed));
        Assert.Equal(Enum.Parse<LogTarget>(target), parsed);
    }
}
