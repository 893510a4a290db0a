using System.Globalization;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Uploader.Shared.Journal;

/// <summary>The sentence of a log event as a reader wants it, strings without quotes; it may hold anything, so it is never printed unescaped.</summary>
internal static class Sentence
{
    // Serilog's own rendering puts quotes round every string: `Banned "203.0.113.7" in jail "auth"`.
    private static readonly MessageTemplateTextFormatter Formatter = new("{Message:lj}", CultureInfo.InvariantCulture);

    public static string Of(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Formatter.Format(logEvent, text);
        return text.ToString();
    }
}
