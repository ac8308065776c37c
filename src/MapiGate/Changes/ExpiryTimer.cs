namespace MapiGate;

/// <summary>
/// Wakes a gatekeeper when an exemption ends. It does not keep the gatekeeper alive: one that its host has dropped goes,
/// and with it the timer.
/// </summary>
internal sealed class ExpiryTimer(Gatekeeper gatekeeper, TimeProvider timeProvider)
{
    // Timers take no more than about 49 days; a later moment is looked at again on the way.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    private readonly WeakReference<Gatekeeper> _gatekeeper = new(gatekeeper);
    private ITimer? _timer;

    /// <summary>Sets the moment; <see langword="null"/> for none.</summary>
    public void Set(DateTimeOffset? moment)
    {
        _timer?.Dispose();
        _timer = null;
        if (moment is { } end)
        {
            var wait = end - timeProvider.GetUtcNow();
            _timer = timeProvider.CreateTimer(static state => Wake((WeakReference<Gatekeeper>)state!), _gatekeeper, Clamp(wait), Timeout.InfiniteTimeSpan);
        }
    }

    // A timer may be early by a fraction of a millisecond; the gatekeeper looks at the clock, and sets it again.
    private static TimeSpan Clamp(TimeSpan wait) =>
        wait <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : wait < LongestWait ? wait : LongestWait;

    private static void Wake(WeakReference<Gatekeeper> reference)
    {
        if (reference.TryGetTarget(out var gatekeeper))
        {
            gatekeeper.EndExemptions();
        }
    }
}
