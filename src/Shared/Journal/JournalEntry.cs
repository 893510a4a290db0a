using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace Uploader.Shared.Journal;

/// <summary>The journal entry of a log event: what each field says.</summary>
internal static class JournalEntry
{
    // Numbers of the frameworks' own events overlap with ours; only a logger of ours makes it one of the catalogue.
    private const string OurLoggers = "Uploader.";

    // What syslog calls "daemon"; rsyslog and friends sort by it.
    private const string Facility = "3";

    public static byte[] Of(LogEvent logEvent, string syslogIdentifier)
    {
        var entry = new EntryWriter();
        entry.Write("MESSAGE", OneLine.Escape(Sentence.Of(logEvent)));
        entry.Write("PRIORITY", Priority(logEvent.Level));
        entry.Write("SYSLOG_FACILITY", Facility);
        entry.Write("SYSLOG_IDENTIFIER", syslogIdentifier);
        // journald stamps an entry when it takes it, which is late when it was stopped for a while.
        entry.Write("UPLOADER_LOGGED_AT", logEvent.Timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        WriteException(entry, logEvent.Exception);
        if (logEvent.TraceId is { } trace)
        {
            entry.Write("TRACE_ID", trace.ToHexString());
        }

        WriteProperties(entry, logEvent);
        return entry.ToArray();
    }

    private static void WriteException(EntryWriter entry, Exception? exception)
    {
        if (exception is not null)
        {
            entry.Write("EXCEPTION_TYPE", exception.GetType().FullName ?? exception.GetType().Name);
            entry.Write("EXCEPTION", exception.ToString());
        }
    }

    private static void WriteProperties(EntryWriter entry, LogEvent logEvent)
    {
        foreach (var (name, value) in logEvent.Properties)
        {
            switch (name)
            {
                case Constants.SourceContextPropertyName:
                    entry.Write("LOGGER", Text(value));
                    break;
                case "EventId" when value is StructureValue eventId:
                    WriteEvent(entry, eventId, logEvent);
                    break;
                default:
                    entry.Write(FieldName.Of(name), Text(value));
                    break;
            }
        }
    }

    private static void WriteEvent(EntryWriter entry, StructureValue eventId, LogEvent logEvent)
    {
        if (Part(eventId, "Name") is string name)
        {
            entry.Write("UPLOADER_EVENT", name);
        }

        if (Part(eventId, "Id") is int id && IsOurs(logEvent) && MessageIds.Of(id) is { } messageId)
        {
            entry.Write("MESSAGE_ID", messageId);
        }
    }

    private static bool IsOurs(LogEvent logEvent) =>
        logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var logger)
        && logger is ScalarValue { Value: string name }
        && name.StartsWith(OurLoggers, StringComparison.Ordinal);

    private static object? Part(StructureValue structure, string name)
    {
        foreach (var property in structure.Properties)
        {
            if (property.Name == name)
            {
                return (property.Value as ScalarValue)?.Value;
            }
        }

        return null;
    }

    private static string Text(LogEventPropertyValue value) => value switch
    {
        ScalarValue { Value: null } => "",
        ScalarValue { Value: string text } => text,
        ScalarValue { Value: IFormattable scalar } => scalar.ToString(null, CultureInfo.InvariantCulture),
        ScalarValue { Value: { } other } => other.ToString() ?? "",
        _ => value.ToString(null, CultureInfo.InvariantCulture),
    };

    private static string Priority(LogEventLevel level) => level switch
    {
        LogEventLevel.Fatal => "2",
        LogEventLevel.Error => "3",
        LogEventLevel.Warning => "4",
        LogEventLevel.Information => "6",
        _ => "7",
    };
}
