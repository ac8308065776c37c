using Microsoft.Extensions.Logging;

namespace MapiGate.Attack.Tests.Sessions;

/// <summary>A log whose disk is full, or whose formatter has a bug: it throws at the events named.</summary>
internal sealed class ThrowingLoggerProvider(params string[] events) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (events.Contains(eventId.Name))
        {
            throw new IOException("no space left on device");
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
