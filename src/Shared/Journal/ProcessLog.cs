using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace Uploader.Shared.Journal;

/// <summary>Where a process writes its log.</summary>
internal enum LogTarget
{
    /// <summary>The journal under systemd, else the console.</summary>
    Auto,
    Journal,
    Console,
}

/// <summary>The one place that sets up the log of a process.</summary>
internal static class ProcessLog
{
    /// <summary>Everything the process logs goes to the journal (or the console) and nowhere else; what is queued is flushed when the host is disposed.</summary>
    public static IHostApplicationBuilder LogToJournal(
        this IHostApplicationBuilder builder, string syslogIdentifier, LogTarget target = LogTarget.Auto, string socketPath = JournalSinkExtensions.SocketPath)
    {
        // The host's own providers would print to standard output, unescaped.
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(Create(syslogIdentifier, target, socketPath), dispose: true);
        return builder;
    }

    /// <summary>A logger of its own, for what has to be said before or without a host. Dispose it to flush.</summary>
    public static Serilog.Core.Logger Create(
        string syslogIdentifier, LogTarget target = LogTarget.Auto, string socketPath = JournalSinkExtensions.SocketPath)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .Enrich.FromLogContext();
        return Resolve(target, socketPath) == LogTarget.Journal
            ? configuration.WriteTo.Journal(syslogIdentifier, socketPath).CreateLogger()
            : configuration.WriteTo.Console(new ConsoleLine()).CreateLogger();
    }

    // A shell on a machine with systemd has the socket too; whoever runs the process by hand wants to see what it says.
    private static LogTarget Resolve(LogTarget target, string socketPath) =>
        Choose(
            target,
            underSystemd: Environment.GetEnvironmentVariable("INVOCATION_ID") is not null || Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null,
            socketExists: File.Exists(socketPath));

    internal static LogTarget Choose(LogTarget target, bool underSystemd, bool socketExists) =>
        target != LogTarget.Auto ? target
        : underSystemd && socketExists ? LogTarget.Journal
        : LogTarget.Console;
}
