using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Uploader.Shared.Journal;

namespace Shared.Tests.Journal;

public sealed class ConsoleLineTests
{
    [Theory]
    [InlineData("evil\n<0>MESSAGE=root logged in")]
    [InlineData("<0>priority")]
    [InlineData("\r\n\u2028\u0085")]
    [InlineData("\u001b[2J")]
    public void An_event_is_one_line_whatever_a_client_sent(string name)
    {
        var printed = Print(log => log.Unbanned(name, "auth", "by hand"));

        Assert.Equal('\n', printed[^1]);
        Assert.DoesNotContain(printed[..^1], char.IsControl);
        Assert.Matches("^[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} info     Ban of ", printed);
    }

    [Fact]
    public void An_exception_stands_below_its_event_and_cannot_begin_a_line()
    {
        var printed = Print(log => log.JobFailed("ban-sweep", new InvalidOperationException("bad\n<0>forged\u001b[2J")));

        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("Job ban-sweep failed and will run again", lines[0], StringComparison.Ordinal);
        Assert.Equal("    <0>forged\\u001b[2J", lines[2]);
        Assert.All(lines[1..], line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
    }

    private static string Print(Action<Microsoft.Extensions.Logging.ILogger> say)
    {
        using var text = new StringWriter();
        using var logger = new LoggerConfiguration().WriteTo.Sink(new To(text)).CreateLogger();
        using var provider = new SerilogLoggerProvider(logger);
        say(provider.CreateLogger("Uploader.Tests"));
        return text.ToString();
    }

    private sealed class To(TextWriter text) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => new ConsoleLine().Format(logEvent, text);
    }
}
