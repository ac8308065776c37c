namespace MapiGate;

/// <summary>
/// One part of the session table, with one lock. A logon goes to the stripe of the processor it runs on, so that
/// logons on different processors rarely meet.
/// </summary>
internal sealed class SessionStripe(SessionTable table, int index, int stripeCount)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientProgram, SessionGroup> _groups = [];

    // Most logons are of one program: the larger group is kept at hand, which spares each of them the hash of its name.
    private SessionGroup? _atHand;
    private long _nextId = index;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds the session, unless another policy has come into force since it was judged.</summary>
    public bool TryAdd(MapiSession session, PolicyInForce judgedBy)
    {
        var program = session.Client.Program;
        lock (_lock)
        {
            // The second look. A change publishes its policy first and then takes this lock: either it is seen here,
            // or its sweep finds the session.
            if (!ReferenceEquals(table.InForce, judgedBy))
            {
                return false;
            }

            _nextId += stripeCount;
            GroupOf(program).Add(session, _nextId);
            _count++;
            return true;
        }
    }

    /// <summary>Takes a session out for its host; false when it has left already.</summary>
    public bool TryRelease(MapiSession session)
    {
        lock (_lock)
        {
            if (!session.IsInTable)
            {
                return false;
            }

            Remove(session);
            return true;
        }
    }

    /// <summary>The groups there are at this moment.</summary>
    public SessionGroup[] SnapshotGroups()
    {
        lock (_lock)
        {
            // Not by LINQ: it would borrow room, which the runtime keeps as large as a crowd of programs ever made it.
            var groups = new SessionGroup[_groups.Count];
            _groups.Values.CopyTo(groups, 0);
            return groups;
        }
    }

    public MapiSession[] Snapshot(SessionGroup group)
    {
        lock (_lock)
        {
            return group.ToArray();
        }
    }

    /// <summary>Ends every session of the group.</summary>
    public EndedSessions Disconnect(SessionGroup group, Disconnection disconnection)
    {
        lock (_lock)
        {
            // A group that has emptied since it was looked at is out of the dictionary already, and under its program
            // there may be a newcomer's group by now: that one must stay.
            var sessions = group.TakeAll();
            if (sessions.Count > 0)
            {
                _count -= sessions.Count;
                Forget(group);
            }

            return EndedSessions.End(sessions, disconnection);
        }
    }

    /// <summary>Ends those of the sessions, which were in this stripe, that are still there.</summary>
    public EndedSessions Disconnect(IEnumerable<MapiSession> sessions, Disconnection disconnection)
    {
        lock (_lock)
        {
            var ended = sessions.Where(session => session.IsInTable).ToList();
            ended.ForEach(Remove);
            return EndedSessions.End(ended, disconnection);
        }
    }

    private SessionGroup GroupOf(ClientProgram program)
    {
        if (_atHand is { } atHand && atHand.Program.Equals(program))
        {
            return atHand;
        }

        if (!_groups.TryGetValue(program, out var group))
        {
            _groups.Add(program, group = new SessionGroup(this, program));
        }

        if (_atHand is null || group.Count > _atHand.Count)
        {
            _atHand = group;
        }

        return group;
    }

    private void Remove(MapiSession session)
    {
        var group = session.Group;
        group.Remove(session);
        _count--;
        if (group.Count == 0)
        {
            Forget(group);
        }
    }

    // Clients can invent names without end: a group that has emptied goes, and with a crowd of them their room.
    private void Forget(SessionGroup group)
    {
        _groups.Remove(group.Program);
        _atHand = null;
        if (_groups.Capacity > 1024 && _groups.Count < _groups.Capacity / 8)
        {
            _groups.TrimExcess(_groups.Count * 2);
        }
    }
}
