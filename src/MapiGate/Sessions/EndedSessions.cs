using System.Runtime.InteropServices;

namespace MapiGate;

/// <summary>Sessions that were ended together: first marked, under the table's lock, and then, outside it, told.</summary>
internal sealed class EndedSessions
{
    // Few enough to be in the processor's cache still when they are looked at again: a million sessions are not.
    private const int Together = 64;

    // Those whose token somebody had taken by then.
    private readonly List<Listening> _listening = [];

    private EndedSessions(List<MapiSession> sessions) => Sessions = sessions;

    public IReadOnlyList<MapiSession> Sessions { get; }

    /// <summary>Marks sessions as ended. They have left the table; its lock is held.</summary>
    public static EndedSessions End(List<MapiSession> sessions, Disconnection disconnection)
    {
        disconnection.Releases.Add(sessions.Count);
        var ended = new EndedSessions(sessions);
        for (var rest = CollectionsMarshal.AsSpan(sessions); !rest.IsEmpty; rest = rest[Math.Min(Together, rest.Length)..])
        {
            ended.End(rest[..Math.Min(Together, rest.Length)], disconnection);
        }

        return ended;
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

    private void End(ReadOnlySpan<MapiSession> some, Disconnection disconnection)
    {
        foreach (var session in some)
        {
            session.Leave(disconnection);
        }

        // Whoever takes a token makes its source and then looks at the mark; here the marks come first, and then the
        // sources. One of the two sees the other.
        Interlocked.MemoryBarrier();
        foreach (var session in some)
        {
            if (session.Source is { } source)
            {
                if (_listening.Count == 0)
                {
                    // Where one listens, so do the others.
                    _listening.EnsureCapacity(Sessions.Count);
                }

                _listening.Add(new Listening { Session = session, Source = source });
            }
        }
    }

    private struct Listening
    {
        public required MapiSession Session { get; init; }

        public required CancellationTokenSource Source { get; init; }

        public Task? Callbacks { get; set; }
    }
}
