using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MapiGate.TestSupport;

/// <summary>Keeps the values of each line apart, as a structured log does.</summary>
public sealed class LogScribe : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(EventId Event, string Message, IReadOnlyDictionary<string, object?> Values)> _lines = new();

    public IReadOnlyList<(EventId Event, string Message, IReadOnlyDictionary<string, object?> Values)> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    /// <summary>The first line of an event, waited for.</summary>
    public async Task<(EventId Event, string Message, IReadOnlyDictionary<string, object?> Values)> WaitForAsync(string eventName)
    {
        await BoundedWait.UntilAsync(() => _lines.Any(line => line.Event.Name == eventName));
        return _lines.First(line => line.Event.Name == eventName);
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = new Dictionary<string, object?>();
        foreach (var (key, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            values[key] = value;
        }

        _lines.Enqueue((eventId, formatter(state, exception), values));
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
