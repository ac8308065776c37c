namespace MapiGate;

/// <summary>
/// One part of the session table, with one lock. A logon goes to the stripe of the processor it runs on, so that
/// logons on different processors rarely meet.
/// </summary>
internal sealed class SessionStripe(int index, int stripeCount, DisconnectNotifier notifier)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientProgram, SessionGroup> _groups = [];
    private readonly GroupIndex _index = new();
    private SessionGroup? _largest;
    private long _nextId = index;
    private int _count;

    public DisconnectNotifier Notifier => notifier;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds the session, unless another policy has come into force since it was judged.</summary>
    public bool TryAdd(MapiSession session, PolicyInForce judgedBy, SessionTable table)
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
            GroupFor(program).Add(session, _nextId);
            _count++;
            return true;
        }
    }

    /// <summary>Takes a session out for its host, or counts its release when the gate had already ended it.</summary>
    public static void Release(MapiSession session)
    {
        while (session.Group is { } group)
        {
            if (group.Disconnection is { } disconnection)
            {
                if (session.TryMarkReleased())
                {
                    disconnection.Releases.Signal();
                }

                return;
            }

            if (group.Stripe.TryRelease(session, group))
            {
                return;
            }
        }
    }

    /// <summary>The groups that a policy may deny which denies these image names only, and how many sessions there are in all.</summary>
    public FoundGroup[] FindGroups(int[]? images, out int sessions)
    {
        lock (_lock)
        {
            sessions = _count;
            return FoundGroup.Of(images is null ? _groups.Values : _index.Find(images));
        }
    }

    public SessionGroup[] SnapshotGroups()
    {
        lock (_lock)
        {
            return [.. _groups.Values];
        }
    }

    public MapiSession[] Snapshot(SessionGroup group)
    {
        lock (_lock)
        {
            var sessions = new MapiSession[group.Count];
            group.CopyTo(sessions, 0);
            return sessions;
        }
    }

    /// <summary>Disconnects every session of the group.</summary>
    public SessionBatch Disconnect(SessionGroup group, Disconnection disconnection)
    {
        lock (_lock)
        {
            // A group that has emptied since it was looked at is out of the dictionary already, and under its program
            // there may be a newcomer's group by now: that one must stay.
            if (group.Count == 0)
            {
                return SessionBatch.Empty;
            }

            _count -= group.Count;
            disconnection.Releases.Add(group.Count);
            Forget(group);
            return group.Disconnect(disconnection);
        }
    }

    /// <summary>Disconnects those of the group's sessions that are still there.</summary>
    public SessionBatch Disconnect(SessionGroup group, IEnumerable<MapiSession> sessions, Disconnection disconnection)
    {
        lock (_lock)
        {
            // They move to a group of their own, which is then disconnected like any other.
            var leaving = new SessionGroup(this, group.Program);
            leaving.Listen();
            foreach (var session in sessions)
            {
                if (ReferenceEquals(session.Group, group))
                {
                    Remove(session, group);
                    leaving.Add(session, session.Id);
                }
            }

            disconnection.Releases.Add(leaving.Count);
            return leaving.Disconnect(disconnection);
        }
    }

    private bool TryRelease(MapiSession session, SessionGroup group)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(session.Group, group) || group.Disconnection is not null)
            {
                return false;
            }

            Remove(session, group);
            session.Group = null;
            return true;
        }
    }

    private void Remove(MapiSession session, SessionGroup group)
    {
        group.Remove(session);
        _count--;
        if (group.Count == 0)
        {
            Forget(group);
        }
    }

    private SessionGroup GroupFor(ClientProgram program)
    {
        if (_largest is { } largest && largest.Program.Equals(program))
        {
            return largest;
        }

        if (!_groups.TryGetValue(program, out var group))
        {
            group = new SessionGroup(this, program);
            _groups.Add(program, group);
            _index.Add(group);
        }

        // Most logons are of one program: its group is kept at hand, and no lookup by a rarer one displaces it.
        if (_largest is null || _largest.Count < group.Count)
        {
            _largest = group;
        }

        return group;
    }

    // Clients can invent names without end: a group that has emptied goes, here and from the hand.
    private void Forget(SessionGroup group)
    {
        _groups.Remove(group.Program);
        SpareRoom.GiveBack(_groups);
        _index.Remove(group);
        if (ReferenceEquals(_largest, group))
        {
            _largest = null;
        }
    }
}
