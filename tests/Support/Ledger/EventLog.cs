using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Support.Ledger;

/// <summary>Remembers which events were logged, with their sentences.</summary>
internal sealed class EventLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(string Name, string Sentence)> _events = new();

    public IEnumerable<string> Names => _events.Select(logged => logged.Name);

    public IEnumerable<string> Of(string name) => _events.Where(logged => logged.Name == name).Select(logged => logged.Sentence);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _events.Enqueue((eventId.Name ?? "", $"{formatter(state, exception)} {exception}".Trim()));
}
