using System.Runtime.InteropServices;

namespace MapiGate;

/// <summary>Sessions that were ended together, and the sources of those tokens that somebody had taken by then.</summary>
internal sealed record EndedSessions(List<MapiSession> Sessions, List<(MapiSession Session, CancellationTokenSource Source)> Listening)
{
    // Few enough to be in the processor's cache still when they are looked at again: a million sessions are not.
    private const int Together = 64;

    /// <summary>Marks sessions as ended. They have left the table; the lock of their stripe is held.</summary>
    public static EndedSessions End(List<MapiSession> sessions, Disconnection disconnection)
    {
        disconnection.Releases.Add(sessions.Count);
        var listening = new List<(MapiSession, CancellationTokenSource)>();
        for (var rest = CollectionsMarshal.AsSpan(sessions); !rest.IsEmpty; rest = rest[Math.Min(Together, rest.Length)..])
        {
            var some = rest[..Math.Min(Together, rest.Length)];
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
                    listening.Add((session, source));
                }
            }
        }

        return new EndedSessions(sessions, listening);
    }
}
