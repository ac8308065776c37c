namespace MapiGate;

/// <summary>
/// Tells when a logon was let in. To ask the system what time it is costs as much as a third of a logon, so it is asked
/// once for each step of the system's own tick count, which is some milliseconds, and cheap to read.
/// </summary>
internal sealed class LogonClock(TimeProvider timeProvider)
{
    private readonly bool _isSystem = ReferenceEquals(timeProvider, TimeProvider.System);
    private Reading? _last;

    public long UtcNowTicks
    {
        get
        {
            if (!_isSystem)
            {
                return timeProvider.GetUtcNow().UtcTicks;
            }

            var tick = Environment.TickCount64;
            var last = Volatile.Read(ref _last);
            if (last is null || last.Tick != tick)
            {
                last = new Reading(tick, timeProvider.GetUtcNow().UtcTicks);
                Volatile.Write(ref _last, last);
            }

            return last.UtcTicks;
        }
    }

    // One object, so that no reader sees half of one reading and half of another.
    private sealed record Reading(long Tick, long UtcTicks);
}
