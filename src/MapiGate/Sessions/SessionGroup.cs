namespace MapiGate;

/// <summary>
/// The sessions of one program. A session knows its slot, so it leaves in constant time: the last one moves into the gap.
/// Everything here is guarded by the table's lock.
/// </summary>
internal sealed class SessionGroup(ClientProgram program)
{
    private MapiSession[] _sessions = [];
    private int _count;

    public ClientProgram Program => program;

    /// <summary>How many they are. Alone of all here, it may be read without the lock, and is then a moment's.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Add(MapiSession session, long id)
    {
        if (_count == _sessions.Length)
        {
            Array.Resize(ref _sessions, Math.Max(4, _count * 2));
        }

        session.Enter(this, _count, id);
        _sessions[_count++] = session;
    }

    public void Remove(MapiSession session)
    {
        var last = --_count;
        if (session.Slot != last)
        {
            var moved = _sessions[last];
            _sessions[session.Slot] = moved;
            moved.Slot = session.Slot;
        }

        session.Slot = -1;
        _sessions[last] = null!;

        // A crowd that has left must leave no room behind.
        if (_sessions.Length > 64 && last < _sessions.Length / 4)
        {
            Array.Resize(ref _sessions, last * 2);
        }
    }

    /// <summary>Hands the last few over, and is without them from then on. To be called until none is left.</summary>
    public void MoveLast(int count, EndedSessions ended)
    {
        var last = _sessions.AsSpan(0, _count)[Math.Max(0, _count - count)..];
        ended.Add(last);
        _count -= last.Length;
        if (_count == 0)
        {
            _sessions = [];
        }
    }

    public MapiSession[] ToArray() => _sessions.AsSpan(0, _count).ToArray();
}
