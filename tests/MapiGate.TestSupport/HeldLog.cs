using Microsoft.Extensions.Logging;

namespace MapiGate.TestSupport;

/// <summary>A log that takes a line and does not return until it is let go: a pipe that nobody reads, a dead file server.</summary>
public sealed class HeldLog(params string[] events) : ILoggerProvider, ILogger
{
    private readonly ManualResetEventSlim _letGo = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first caller is caught.</summary>
    public Task Entered => _entered.Task;

    public ILogger CreateLogger(string categoryName) => this;

    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    public void LetGo() => _letGo.Set();

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (events.Length == 0 || events.Contains(eventId.Name))
        {
            _entered.TrySetResult();
            _letGo.Wait();
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <summary>Lets everybody go, for good.</summary>
    public void Dispose() => LetGo();
}
