using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>
/// Keeps what a log throws from whoever logs: a full disk must not let a session be lost, a change be left half told, or
/// a process end. The journal says the same as the log, and cannot fail.
/// </summary>
internal sealed class NonThrowingLogger(ILogger logger) : ILogger
{
    // The gate opens no scope.
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

#pragma warning disable CA1031 // Anything may come out of a log, and none of it is about what was to be logged.
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // Nowhere is left to say it.
        }
    }
#pragma warning restore CA1031
}
