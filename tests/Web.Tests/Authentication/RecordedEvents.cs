using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Web.Tests.Authentication;

/// <summary>A logger that keeps what was logged, as <c>EventName: sentence</c>.</summary>
internal sealed class RecordedEvents<T> : ILogger<T>
{
    private readonly ConcurrentQueue<string> _events = new();

    public string[] Names => [.. _events.Select(one => one[..one.IndexOf(':')])];

    public string All => string.Join('\n', _events);

    public void Clear() => _events.Clear();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _events.Enqueue($"{eventId.Name}: {formatter(state, exception)}");
}
