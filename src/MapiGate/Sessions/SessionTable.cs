using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MapiGate;

/// <summary>
/// The sessions alive in one gatekeeper, kept together by program, so that the sessions of one program are found
/// without walking the others. Reading it is safe at any time and shows a moment that moves on.
/// </summary>
public sealed class SessionTable : IReadOnlyCollection<SessionInfo>
{
    // So many are ended while a logon may have to wait, and are in the processor's cache still when they are told.
    private const int Together = 256;

    private readonly Dictionary<ClientProgram, SessionGroup> _groups = [];
    private readonly TimeProvider _timeProvider;
    private PolicyInForce _inForce;

    // Most logons are of one program: the larger group is kept at hand, which spares each of them the hash of its name.
    private volatile SessionGroup? _atHand;

    // Changes come more often than programs: the groups as they were listed last, until one comes or goes.
    private ImmutableArray<SessionGroup>? _listed;

    // One for all: what is done under it takes less than what a logon takes outside it.
    private TableGuard _guard = new();

    internal SessionTable(PolicyInForce inForce, DisconnectCallbacks callbacks, TimeProvider timeProvider)
    {
        _inForce = inForce;
        Callbacks = callbacks;
        _timeProvider = timeProvider;
    }

    /// <summary>The number of sessions alive.</summary>
    public int Count => Volatile.Read(ref _guard.Count);

    internal PolicyInForce InForce => Volatile.Read(ref _inForce);

    internal DisconnectCallbacks Callbacks { get; }

    internal DateTimeOffset UtcNow => _timeProvider.GetUtcNow();

    /// <summary>
    /// How many sessions each program has, by executable name without regard to case. A client that reported several
    /// names counts once, under the first; one that reported none is counted under the empty name.
    /// </summary>
    public IReadOnlyDictionary<string, int> CountByProcess()
    {
        var counts = new Dictionary<string, int>(ProcessName.Comparer);
        foreach (var (program, count) in CountByProgram())
        {
            counts[program.ImageName] = counts.GetValueOrDefault(program.ImageName) + count;
        }

        return counts;
    }

    /// <summary>How many sessions each program has, by its names as it reported them and its version.</summary>
    public IReadOnlyDictionary<ClientProgram, int> CountByProgram() => SnapshotGroups()
        .Select(group => (group.Program, group.Count))
        .Where(program => program.Count > 0) // One that has emptied since is no program any more.
        .ToDictionary();

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

    internal IEnumerable<MapiSession> Snapshot() => SnapshotGroups().SelectMany(Snapshot);

    internal MapiSession[] Snapshot(SessionGroup group)
    {
        using var held = _guard.Hold();
        return group.ToArray();
    }

    /// <summary>The groups there are at this moment.</summary>
    internal ImmutableArray<SessionGroup> SnapshotGroups()
    {
        using var held = _guard.Hold();
        return _listed ??= ListGroups();
    }

    /// <summary>Puts a policy in force. Whoever looks at the table after that sees it: the sweep must not begin before.</summary>
    internal void Publish(PolicyInForce next) => Interlocked.Exchange(ref _inForce, next);

    /// <summary>Adds a session, unless another policy has come into force since it was judged.</summary>
    internal bool TryAdd(MapiSession session, PolicyInForce judgedBy)
    {
        var program = session.Client.Program;
        var likely = _atHand is { } atHand && atHand.Program.Equals(program) ? atHand : null;
        using var held = _guard.Hold();

        // The second look. A change publishes its policy first and then takes this lock: either it is seen here,
        // or its sweep finds the session.
        if (!ReferenceEquals(InForce, judgedBy))
        {
            return false;
        }

        GroupOf(program, likely).Add(session, ++_guard.LastId);
        _guard.Count++;
        return true;
    }

    /// <summary>Takes a session out for its host; false when it has left already.</summary>
    internal bool TryRelease(MapiSession session)
    {
        using var held = _guard.Hold();

        if (!session.IsInTable)
        {
            return false;
        }

        Remove(session);
        return true;
    }

    /// <summary>Ends every session of the group: when it returns, their tokens are cancelled.</summary>
    internal EndedSessions Disconnect(SessionGroup group, Disconnection disconnection)
    {
        var ended = new EndedSessions(disconnection, group.Count);
        while (TakeSome(group, ended))
        {
            ended.CancelTokens();
        }

        return ended;
    }

    /// <summary>Ends those of the sessions that are still there: when it returns, their tokens are cancelled.</summary>
    internal EndedSessions Disconnect(IReadOnlyList<MapiSession> sessions, Disconnection disconnection)
    {
        var ended = new EndedSessions(disconnection, sessions.Count);
        foreach (var some in sessions.Chunk(Together))
        {
            TakeSome(some, ended);
            ended.CancelTokens();
        }

        return ended;
    }

    private bool TakeSome(SessionGroup group, EndedSessions ended)
    {
        using var held = _guard.Hold();

        // A group that has emptied since it was looked at is out of the dictionary already, and under its program
        // there may be a newcomer's group by now: that one must stay.
        if (group.Count == 0)
        {
            return false;
        }

        var before = group.Count;
        group.MoveLast(Together, ended);
        _guard.Count -= before - group.Count;
        ForgetIfEmpty(group);
        return true;
    }

    private void TakeSome(MapiSession[] sessions, EndedSessions ended)
    {
        using var held = _guard.Hold();
        var there = Array.FindAll(sessions, session => session.IsInTable);
        Array.ForEach(there, Remove);
        ended.Add(there);
    }

    /// <param name="program">The program.</param>
    /// <param name="likely">What was the program's group before the lock was taken, if it was at hand; it may have gone since.</param>
    private SessionGroup GroupOf(ClientProgram program, SessionGroup? likely)
    {
        if (likely is not null && likely == _atHand)
        {
            return likely;
        }

        if (!_groups.TryGetValue(program, out var group))
        {
            _groups.Add(program, group = new SessionGroup(program));
            _listed = null;
        }

        if (_atHand is null || group.Count > _atHand.Count)
        {
            _atHand = group;
        }

        return group;
    }

    private ImmutableArray<SessionGroup> ListGroups()
    {
        // Not by LINQ: it would borrow room, which the runtime keeps as large as a crowd of programs ever made it.
        var groups = new SessionGroup[_groups.Count];
        _groups.Values.CopyTo(groups, 0);
        return ImmutableCollectionsMarshal.AsImmutableArray(groups);
    }

    private void Remove(MapiSession session)
    {
        var group = session.Group;
        group.Remove(session);
        _guard.Count--;
        ForgetIfEmpty(group);
    }

    // Clients can invent names without end: a group that has emptied goes, and with a crowd of them their room.
    private void ForgetIfEmpty(SessionGroup group)
    {
        if (group.Count > 0)
        {
            return;
        }

        _groups.Remove(group.Program);
        (_atHand, _listed) = (null, null);
        if (_groups.Capacity > 1024 && _groups.Count < _groups.Capacity / 8)
        {
            _groups.TrimExcess(_groups.Count * 2);
        }
    }
}
