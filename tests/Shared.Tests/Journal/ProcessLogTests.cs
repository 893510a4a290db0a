using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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

    [Fact]
    public void What_a_host_logs_reaches_the_journal_and_what_the_frameworks_chatter_does_not()
    {
        using var journal = new JournalEnd();
        var builder = Host.CreateApplicationBuilder();
        builder.LogToJournal("fileuploader-test", LogTarget.Journal, journal.Path);
        using (var host = builder.Build())
        {
            var loggers = host.Services.GetRequiredService<ILoggerFactory>();
            loggers.CreateLogger("Microsoft.Hosting.Lifetime").LogInformation("Now listening");
            loggers.CreateLogger("Quartz.Core.QuartzScheduler").LogInformation("Chatter");
            loggers.CreateLogger<ProcessLogTests>().LogDebug("Detail");
            loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel").LogWarning("Worth knowing");
            loggers.CreateLogger("Uploader.Tests").Stopping("test");
        }

        Assert.Equal("Worth knowing", journal.Receive()["MESSAGE"]);
        var last = journal.Receive();
        Assert.Equal("test is stopping", last["MESSAGE"]);
        Assert.Equal(MessageIds.Of(2), last["MESSAGE_ID"]);
        Assert.True(journal.IsEmpty);
    }
}
