using Serilog;
using Serilog.Configuration;

namespace Uploader.Shared.Journal;

/// <summary>Lets a Serilog configuration write to journald: <c>WriteTo.Journal("fileuploader-web")</c>.</summary>
internal static class JournalSinkExtensions
{
    public const string SocketPath = "/run/systemd/journal/socket";

    /// <param name="writeTo">The configuration's <c>WriteTo</c>.</param>
    /// <param name="syslogIdentifier">What <c>journalctl -t</c> selects by.</param>
    /// <param name="socketPath">journald's native socket; it may appear, vanish and come back while the process runs.</param>
    public static LoggerConfiguration Journal(
        this LoggerSinkConfiguration writeTo, string syslogIdentifier, string socketPath = SocketPath) =>
        writeTo.Sink(new JournalSink(syslogIdentifier, socketPath));
}
