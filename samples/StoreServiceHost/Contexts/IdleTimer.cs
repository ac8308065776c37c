namespace StoreServiceHost.Contexts;

/// <summary>Tells when a context has been idle for its lifetime. Not locked: its context does that.</summary>
internal sealed class IdleTimer
{
    /// <summary>A timer drops what is below it, and would fire early again.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;
    private readonly ITimer _timer;
    private long _idleSince;

    public IdleTimer(TimeProvider time, TimeSpan lifetime, Action fired)
    {
        _time = time;
        _lifetime = lifetime;

        // A timer keeps the execution context of the request that makes it, unless told not to.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static fired => ((Action)fired!)(), fired, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Nothing is pending any more: the idle time starts.</summary>
    public void Start()
    {
        _idleSince = _time.GetTimestamp();
        _timer.Change(_lifetime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A request has come.</summary>
    public void Stop() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Whether the lifetime is over, asked when the timer has fired. If not (a request came and went meanwhile, or the
    /// timer was a moment early, as timers may be), it fires again.
    /// </summary>
    public bool HasExpired()
    {
        var remaining = _lifetime - _time.GetElapsedTime(_idleSince);
        if (remaining <= TimeSpan.Zero)
        {
            return true;
        }

        _timer.Change(remaining + Resolution, Timeout.InfiniteTimeSpan);
        return false;
    }

    /// <summary>The context has ended; the timer never fires again.</summary>
    public void End() => _timer.Dispose();
}
