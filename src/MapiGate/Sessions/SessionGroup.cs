namespace MapiGate;

/// <summary>
/// The sessions of one program. A session knows its slot, so it leaves in constant time: the last one moves into the gap.
/// Everything here is guarded by the table's lock.
/// </summary>
internal sealed class SessionGroup(ClientProgram program)
{
    private List<MapiSession> _sessions = [];

    public ClientProgram Program => program;

    /// <summary>How many they are. Alone of all here, it may be read without the lock, and is then a moment's.</summary>
    public int Count => _sessions.Count;

    public void Add(MapiSession session, long id)
    {
        session.Enter(this, _sessions.Count, id);
        _sessions.Add(session);
    }

    public void Remove(MapiSession session)
    {
        var last = _sessions.Count - 1;
        if (session.Slot != last)
        {
            var moved = _sessions[last];
            _sessions[session.Slot] = moved;
            moved.Slot = session.Slot;
        }

        session.Slot = -1;
        _sessions.RemoveAt(last);

        // A list never shrinks by itself, and a crowd that has left must leave no room behind.
        if (_sessions.Capacity > 64 && last < _sessions.Capacity / 4)
        {
            _sessions.Capacity = last * 2;
        }
    }

    /// <summary>Hands out all sessions, and is empty from then on.</summary>
    public List<MapiSession> TakeAll()
    {
        var sessions = _sessions;
        _sessions = [];
        return sessions;
    }

    public MapiSession[] ToArray() => [.. _sessions];
}
