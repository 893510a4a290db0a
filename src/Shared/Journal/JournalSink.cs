using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace Uploader.Shared.Journal;

/// <summary>
/// Sends log events to journald without ever making the caller wait: they are queued within bounds and sent by one thread. What does not fit
/// is counted, and the count is an event of its own as soon as there is room again.
/// </summary>
internal sealed class JournalSink : ILogEventSink, IDisposable
{
    public const int MostEvents = 10_000;

    // The second bound: clients choose how long their names are, so 10,000 events alone would not bound memory.
    public const int MostBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private readonly string _syslogIdentifier;
    private readonly JournalSocket _socket;
    private readonly BlockingCollection<byte[]> _queue = new(MostEvents);
    private readonly ManualResetEventSlim _givenUp = new();
    private readonly Thread _writer;
    private long _queuedBytes;
    private long _dropped;
    private int _disposed;

    public JournalSink(string syslogIdentifier, string socketPath)
    {
        _syslogIdentifier = syslogIdentifier;
        _socket = new JournalSocket(socketPath);
        _writer = new Thread(Write) { IsBackground = true, Name = "journal" };
        _writer.Start();
    }

    /// <summary>Events that were lost and not yet reported.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Emit(LogEvent logEvent)
    {
        // Made here and not by the writer: what the event refers to may change once the request goes on, and only bytes can be counted.
        var entry = JournalEntry.Of(logEvent, _syslogIdentifier);
        if (!TryQueue(entry))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _queue.CompleteAdding();
        if (!_writer.Join(FlushLimit))
        {
            _givenUp.Set();
            _writer.Join(RetryPause * 5);
        }

        if (Dropped is var dropped and > 0)
        {
            SelfLog.WriteLine("{0} log events did not reach the journal", dropped);
        }
    }

    private bool TryQueue(byte[] entry)
    {
        if (Interlocked.Add(ref _queuedBytes, entry.Length) <= MostBytes && TryAdd(entry))
        {
            return true;
        }

        Interlocked.Add(ref _queuedBytes, -entry.Length);
        return false;
    }

    private bool TryAdd(byte[] entry)
    {
        try
        {
            return _queue.TryAdd(entry);
        }
        catch (InvalidOperationException)
        {
            return false; // Disposed: the process is ending.
        }
    }

    private void Write()
    {
        using (_socket)
        {
            foreach (var entry in _queue.GetConsumingEnumerable())
            {
                Deliver(entry);
                Interlocked.Add(ref _queuedBytes, -entry.Length);
                if (Dropped > 0 && HasRoom)
                {
                    ReportDropped();
                }
            }
        }
    }

    // Half empty, so that a queue on the brim does not turn every second entry into a report.
    private bool HasRoom => _queue.Count < MostEvents / 2 && Interlocked.Read(ref _queuedBytes) < MostBytes / 2;

    /// <summary>Holds on to the entry until journald has it: order stays, and meanwhile the queue takes what comes.</summary>
    private void Deliver(byte[] entry)
    {
        while (!_givenUp.IsSet)
        {
            switch (_socket.Send(entry))
            {
                case Delivery.Done:
                    return;
                case Delivery.Never:
                    Interlocked.Increment(ref _dropped);
                    return;
                default:
                    _givenUp.Wait(RetryPause);
                    break;
            }
        }

        Interlocked.Increment(ref _dropped);
    }

    // Through the catalogue like every other event, so that its sentence, level and MESSAGE_ID stand in one place.
    private void ReportDropped()
    {
        var count = Interlocked.Exchange(ref _dropped, 0);
        using var direct = new LoggerConfiguration().WriteTo.Sink(new Direct(this)).CreateLogger();
        using var provider = new SerilogLoggerProvider(direct);
        provider.CreateLogger(typeof(JournalSink).FullName!).LogEventsDropped(count);
    }

    private sealed class Direct(JournalSink sink) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => sink.Deliver(JournalEntry.Of(logEvent, sink._syslogIdentifier));
    }
}
