using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>
/// Disconnected sessions that lie side by side, to be handed out one by one: mostly to one courier, but any other may
/// help itself too. Needs no lock.
/// </summary>
internal sealed class SessionRun(MapiSession?[] sessions, int count, ILogger logger)
{
    private int _taken;

    public ILogger Logger => logger;

    public bool IsExhausted => Volatile.Read(ref _taken) >= count;

    /// <summary>Hands out the next session; <see langword="null"/> when all have been.</summary>
    public MapiSession? Take()
    {
        var index = Interlocked.Increment(ref _taken) - 1;
        if (index >= count)
        {
            return null;
        }

        // Let go of it here: a callback that never returns must hold its own session only, not all the others too.
        var session = sessions[index];
        sessions[index] = null;
        return session;
    }
}
