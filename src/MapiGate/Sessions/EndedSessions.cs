using System.Runtime.InteropServices;

namespace MapiGate;

/// <summary>Sessions ended for one reason: each is marked as it leaves the table, under its lock, and told once the lock is free.</summary>
/// <param name="disconnection">Why they were ended.</param>
/// <param name="expected">About how many they will be.</param>
internal sealed class EndedSessions(Disconnection disconnection, int expected)
{
    private readonly List<MapiSession> _sessions = new(expected);

    // Those whose token somebody had taken by then.
    private readonly List<Listening> _listening = [];
    private int _looked;

    public IReadOnlyList<MapiSession> Sessions => _sessions;

    /// <summary>Marks sessions as ended. They have left the table, whose lock is held.</summary>
    public void Add(ReadOnlySpan<MapiSession> some)
    {
        disconnection.Releases.Add(some.Length);
        _sessions.AddRange(some);
        foreach (var session in some)
        {
            session.Leave(disconnection);
        }
    }

    /// <summary>Cancels the tokens of those marked since it was called last. The table's lock is not held.</summary>
    public void CancelTokens()
    {
        // Whoever takes a token makes its source and then looks at the mark; here the marks come first, and then the
        // sources. One of the two sees the other.
        Interlocked.MemoryBarrier();
        var first = _listening.Count;
        for (; _looked < _sessions.Count; _looked++)
        {
            // Each source is looked into here, and not where it is cancelled: the processor waits for many at once.
            var session = _sessions[_looked];
            if (session.Source is { IsCancellationRequested: false } source)
            {
                if (_listening.Count == 0)
                {
                    // Where one listens, so do the others.
                    _listening.EnsureCapacity(expected);
                }

                _listening.Add(new Listening { Session = session, Source = source });
            }
        }

        foreach (ref var listening in CollectionsMarshal.AsSpan(_listening)[first..])
        {
            listening.Callbacks = listening.Source.CancelAsync();
        }
    }

    /// <summary>Has what the callbacks throw logged. It takes as long again as to cancel the tokens, and nobody waits for it.</summary>
    public void Watch(DisconnectCallbacks watcher)
    {
        foreach (var listening in _listening.Where(listening => listening.Callbacks is { IsCompletedSuccessfully: false }))
        {
            watcher.Watch(listening.Session, listening.Callbacks!);
        }

        _listening.Clear();
    }

    private struct Listening
    {
        public required MapiSession Session { get; init; }

        public required CancellationTokenSource Source { get; init; }

        public Task? Callbacks { get; set; }
    }
}
