namespace MapiGate;

/// <summary>Sessions ended together: each is marked as it leaves the table, under its lock, and told thereafter.</summary>
/// <param name="disconnection">Why they were ended.</param>
/// <param name="expected">About how many they will be.</param>
internal sealed class EndedSessions(Disconnection disconnection, int expected)
{
    private readonly List<MapiSession> _sessions = new(expected);

    // Those who had taken their token by then and registered callbacks.
    private readonly List<(MapiSession Session, Task Callbacks)> _running = [];
    private int _told;

    public IReadOnlyList<MapiSession> Sessions => _sessions;

    /// <summary>Marks sessions as ended. They have left the table, whose lock is held.</summary>
    public void Mark(ReadOnlySpan<MapiSession> some)
    {
        disconnection.Releases.Add(some.Length);
        _sessions.AddRange(some);
        foreach (var session in some)
        {
            session.Leave(disconnection);
        }
    }

    /// <summary>
    /// Cancels the tokens of those marked since it was called last: when it returns, every one is cancelled, and the callbacks are
    /// on their way. The table's lock is not held.
    /// </summary>
    public void Tell()
    {
        // Whoever takes a token makes its source and then looks at the mark; here the marks come first, and then the
        // sources. One of the two sees the other.
        Interlocked.MemoryBarrier();
        for (; _told < _sessions.Count; _told++)
        {
            var session = _sessions[_told];
            if (session.Source?.CancelAsync() is { IsCompletedSuccessfully: false } callbacks)
            {
                if (_running.Count == 0)
                {
                    // Where one listens, so do the others.
                    _running.EnsureCapacity(expected);
                }

                _running.Add((session, callbacks));
            }
        }
    }

    /// <summary>Has what the callbacks throw logged. It takes as long again as to cancel the tokens, and nobody waits for it.</summary>
    public void Watch(DisconnectCallbacks watcher)
    {
        foreach (var (session, callbacks) in _running.Where(one => !one.Callbacks.IsCompletedSuccessfully))
        {
            watcher.Watch(session, callbacks);
        }

        _running.Clear();
    }
}
