using System.Collections;
using System.Numerics;

namespace MapiGate;

/// <summary>
/// The sessions alive in one gatekeeper, kept together by program, so that the sessions of one program are found
/// without walking the others. Reading it is safe at any time and shows a moment that moves on.
/// </summary>
public sealed class SessionTable : IReadOnlyCollection<SessionInfo>
{
    private readonly TimeProvider _timeProvider;
    private readonly SessionStripe[] _stripes;
    private PolicyInForce _inForce;

    internal SessionTable(PolicyInForce inForce, DisconnectCallbacks callbacks, TimeProvider timeProvider)
    {
        _inForce = inForce;
        Callbacks = callbacks;
        _timeProvider = timeProvider;
        _stripes = new SessionStripe[BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new SessionStripe(this, i, _stripes.Length);
        }
    }

    /// <summary>The number of sessions alive.</summary>
    public int Count => _stripes.Sum(stripe => stripe.Count);

    internal PolicyInForce InForce => Volatile.Read(ref _inForce);

    internal DisconnectCallbacks Callbacks { get; }

    internal IReadOnlyList<SessionStripe> Stripes => _stripes;

    internal DateTimeOffset UtcNow => _timeProvider.GetUtcNow();

    /// <summary>
    /// How many sessions each program has, by executable name without regard to case. A client that reported several
    /// names counts once, under the first; one that reported none is counted under the empty name.
    /// </summary>
    public IReadOnlyDictionary<string, int> CountByProcess()
    {
        var counts = new Dictionary<string, int>(ProcessName.Comparer);
        foreach (var group in _stripes.SelectMany(stripe => stripe.SnapshotGroups()))
        {
            // One that has emptied since is no program any more.
            if (group.Count is > 0 and var count)
            {
                var name = group.Program.ImageName;
                counts[name] = counts.GetValueOrDefault(name) + count;
            }
        }

        return counts;
    }

    /// <summary>How many sessions each program has, by its names as it reported them and its version.</summary>
    public IReadOnlyDictionary<ClientProgram, int> CountByProgram()
    {
        var counts = new Dictionary<ClientProgram, int>();
        foreach (var group in _stripes.SelectMany(stripe => stripe.SnapshotGroups()))
        {
            if (group.Count is > 0 and var count)
            {
                counts[group.Program] = counts.GetValueOrDefault(group.Program) + count;
            }
        }

        return counts;
    }

    /// <summary>Finds a session by its number. It walks the table: it is for a person's question, not for each request.</summary>
    /// <param name="id">The session's <see cref="MapiSession.Id"/>.</param>
    /// <param name="session">The session as it is now.</param>
    /// <returns>Whether it is alive.</returns>
    public bool TryGet(long id, out SessionInfo session)
    {
        session = this.FirstOrDefault(session => session.Id == id);
        return session.Client is not null;
    }

    /// <summary>Enumerates the sessions alive; one that leaves or arrives meanwhile may or may not be seen.</summary>
    public IEnumerator<SessionInfo> GetEnumerator() => Snapshot().Select(session => session.Info).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal IEnumerable<MapiSession> Snapshot() =>
        from stripe in _stripes
        from @group in stripe.SnapshotGroups()
        from session in stripe.Snapshot(@group)
        select session;

    /// <summary>Adds a session, unless another policy has come into force since it was judged.</summary>
    internal bool TryAdd(MapiSession session, PolicyInForce judgedBy) =>
        _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)].TryAdd(session, judgedBy);

    /// <summary>Puts a policy in force. Whoever looks at the table after that sees it: the sweep must not begin before.</summary>
    internal void Publish(PolicyInForce next) => Interlocked.Exchange(ref _inForce, next);
}
