using Microsoft.Extensions.Logging;

namespace MapiGate.TestSupport;

/// <summary>Keeps what was logged, and lets a test wait for it.</summary>
public sealed class RecordingLogger : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<LogEntry> _entries = [];
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    /// <summary>The same log, under the category a class asks for.</summary>
    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    /// <summary>The first entry that matches, waited for if it has not been written yet.</summary>
    public async Task<LogEntry> WaitForAsync(Func<LogEntry, bool> match)
    {
        while (true)
        {
            Task added;
            lock (_lock)
            {
                if (_entries.FirstOrDefault(match) is { } entry)
                {
                    return entry;
                }

                added = _added.Task;
            }

            await added.WithinBounds();
        }
    }

    public Task<LogEntry> WaitForAsync(string eventName) => WaitForAsync(entry => entry.EventId.Name == eventName);

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        TaskCompletionSource added;
        lock (_lock)
        {
            _entries.Add(new LogEntry(logLevel, eventId, formatter(state, exception), exception));
            added = _added;
            _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        added.SetResult();
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
