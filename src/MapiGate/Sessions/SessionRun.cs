using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>
/// Disconnected sessions that lie side by side, to be told one by one by one courier; when that is stuck, by any others
/// beside it. Needs no lock.
/// </summary>
internal sealed class SessionRun(MapiSession?[] sessions, int count, Courier owner, ILogger logger)
{
    private int _next;
    private volatile bool _isShared;

    public ILogger Logger => logger;

    public Courier Owner => owner;

    public bool IsExhausted => Volatile.Read(ref _next) >= count;

    /// <summary>Lets couriers beside its owner take sessions too.</summary>
    public void Share() => _isShared = true;

    /// <summary>Hands out the next session; <see langword="null"/> when all have been.</summary>
    public MapiSession? Take()
    {
        while (Next() is var index && index < count)
        {
            // Let go of it here: a callback that never returns must hold its own session only, not all the others too.
            var session = sessions[index];
            sessions[index] = null;
            if (session is not null)
            {
                return session;
            }
        }

        return null;
    }

    // An interlocked step for each session would make the processor wait for the memory of one before it asks for that
    // of the next, which doubles the time. An owner that turns out not to be stuck after all may meet another once: one
    // session is then told twice, which is harmless.
    private int Next() => _isShared ? Interlocked.Increment(ref _next) - 1 : _next++;
}
