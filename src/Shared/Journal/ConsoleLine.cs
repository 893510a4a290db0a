using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace Uploader.Shared.Journal;

/// <summary>
/// A log event for the console: time, level and sentence on exactly one line, an exception indented below. Serilog's own <c>{Message:lj}</c>
/// prints a property's newline as a newline, and journald reads a leading <c>&lt;0&gt;</c> on standard output as a priority; here neither can happen.
/// </summary>
internal sealed class ConsoleLine : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write(logEvent.Timestamp.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
        output.Write(Level(logEvent.Level));
        output.Write(OneLine.Escape(Sentence.Of(logEvent)));
        output.Write('\n');
        if (logEvent.Exception is not null)
        {
            WriteException(logEvent.Exception, output);
        }
    }

    // A stack is unreadable on one line. The indentation keeps its lines apart from events: none of them can begin with a time or a `<0>`.
    private static void WriteException(Exception exception, TextWriter output)
    {
        foreach (var line in exception.ToString().AsSpan().EnumerateLines())
        {
            output.Write("    ");
            output.Write(OneLine.Escape(line.ToString()));
            output.Write('\n');
        }
    }

    private static string Level(LogEventLevel level) => level switch
    {
        LogEventLevel.Fatal => " critical ",
        LogEventLevel.Error => " error    ",
        LogEventLevel.Warning => " warning  ",
        LogEventLevel.Information => " info     ",
        _ => " debug    ",
    };
}
