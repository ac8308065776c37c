namespace MapiGate;

/// <summary>Wakes the gate when a rule or an exemption begins or ends.</summary>
/// <remarks>
/// A timer counts time that passes, and a moment is one of the clock's: clocks are set, and machines sleep. So it looks at
/// the clock every few seconds while it waits.
/// </remarks>
internal sealed class PolicyClock(TimeProvider timeProvider, Action wake) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // A timer may be early by a fraction of a millisecond.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Sets the moment; <see langword="null"/> for none. It may wake early, and is then to be set again.</summary>
    public void Set(DateTimeOffset? moment)
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            if (moment is { } at && !_isDisposed)
            {
                var wait = at - timeProvider.GetUtcNow();
                wait = wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;
                _timer = timeProvider.CreateTimer(static state => ((Action)state!)(), wake, wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }
}
