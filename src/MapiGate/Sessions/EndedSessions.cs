using System.Runtime.InteropServices;

namespace MapiGate;

/// <summary>Sessions ended together: each is marked as it leaves the table, under its lock, and when all are marked, they are told.</summary>
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

    /// <summary>Finds, of those marked since it was called last, the ones to be told. The table's lock is not held.</summary>
    public void FindListening()
    {
        // Whoever takes a token makes its source and then looks at the mark; here the marks come first, and then the
        // sources. One of the two sees the other.
        Interlocked.MemoryBarrier();
        for (; _looked < _sessions.Count; _looked++)
        {
            var session = _sessions[_looked];
            if (session.Source is { } source)
            {
                if (_listening.Count == 0)
                {
                    // Where one listens, so do the others.
                    _listening.EnsureCapacity(expected);
                }

                _listening.Add(new Listening { Session = session, Source = source });
            }
        }
    }

    /// <summary>Cancels the tokens: when it returns, every one is cancelled, and the callbacks are on their way.</summary>
    public void CancelTokens()
    {
        foreach (ref var listening in CollectionsMarshal.AsSpan(_listening))
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
