using Microsoft.Extensions.Logging;

namespace MapiGate.TestSupport;

/// <summary>A log whose disk is full: it throws at the events named, or at all, and counts how often.</summary>
public sealed class ThrowingLog(params string[] events) : ILoggerProvider, ILogger
{
    private int _thrown;

    public int Thrown => Volatile.Read(ref _thrown);

    /// <summary>Whether even the question if it is enabled throws.</summary>
    public bool ThrowsWhenAsked { get; init; }

    public ILogger CreateLogger(string categoryName) => this;

    /// <summary>Itself, not behind a factory, which would make one exception of several.</summary>
    public ILogger<T> For<T>() => new Typed<T>(this);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (events.Length == 0 || events.Contains(eventId.Name))
        {
            Throw();
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        if (ThrowsWhenAsked)
        {
            Throw();
        }

        return true;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }

    private void Throw()
    {
        Interlocked.Increment(ref _thrown);
        throw new IOException("no space left on device");
    }

    private sealed class Typed<T>(ILogger log) : ILogger<T>
    {
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Log(logLevel, eventId, state, exception, formatter);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);
    }
}
