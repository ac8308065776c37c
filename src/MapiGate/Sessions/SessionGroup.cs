using System.Diagnostics;

namespace MapiGate;

/// <summary>
/// The sessions of one program in one stripe, in chunks of an array. A session knows its slot, so it leaves in
/// constant time: the last one moves into the gap. Everything here is guarded by the stripe's lock.
/// </summary>
internal sealed class SessionGroup(SessionStripe stripe, ClientProgram program)
{
    // A chunk is small enough that growing never copies much, and the first starts smaller still: clients can invent
    // programs, and a program with one session must not cost a kilobyte.
    private const int ChunkShift = 9;
    private const int ChunkSize = 1 << ChunkShift;
    private const int FirstChunkSize = 2;

    private MapiSession?[][] _chunks = [new MapiSession?[FirstChunkSize]];
    private volatile Disconnection? _disconnection;
    private volatile bool _isListenedTo;

    public SessionStripe Stripe { get; } = stripe;

    public ClientProgram Program { get; } = program;

    public int Count { get; private set; }

    /// <summary>The group's place in the stripe's index.</summary>
    public int IndexSlot { get; set; }

    /// <summary>Set once, when every session in the group is disconnected at one stroke. Read without the lock.</summary>
    public Disconnection? Disconnection => _disconnection;

    /// <summary>Notes that a session of the group may have a callback from now on. Needs no lock; look at <see cref="Disconnection"/> after it.</summary>
    public void Listen()
    {
        _isListenedTo = true;
        Interlocked.MemoryBarrier();
    }

    public void Add(MapiSession session, long id)
    {
        var slot = Count++;
        ChunkFor(slot)[slot & (ChunkSize - 1)] = session;
        session.Enter(this, slot, id);
    }

    public void Remove(MapiSession session)
    {
        Debug.Assert(ReferenceEquals(this[session.Slot], session), "a session leaves from its own slot");

        var last = --Count;
        if (session.Slot != last)
        {
            var moved = this[last]!;
            this[session.Slot] = moved;
            moved.Slot = session.Slot;
        }

        this[last] = null;
        DropSpareChunk(last);
    }

    /// <summary>Disconnects every session in the group, and lets go of them.</summary>
    public SessionBatch Disconnect(Disconnection disconnection)
    {
        _disconnection = disconnection;

        // Either this sees that somebody listens, or the listener sees that it came too late, and sends word to itself.
        Interlocked.MemoryBarrier();
        var sessions = new SessionBatch(_chunks, ChunkSize, Count, _isListenedTo);
        _chunks = [];
        Count = 0;
        return sessions;
    }

    public void CopyTo(MapiSession[] destination, int index)
    {
        for (var copied = 0; copied < Count; copied += ChunkSize)
        {
            Array.Copy(_chunks[copied >> ChunkShift], 0, destination, index + copied, Math.Min(ChunkSize, Count - copied));
        }
    }

    private MapiSession? this[int slot]
    {
        get => _chunks[slot >> ChunkShift][slot & (ChunkSize - 1)];
        set => _chunks[slot >> ChunkShift][slot & (ChunkSize - 1)] = value;
    }

    private MapiSession?[] ChunkFor(int slot)
    {
        var index = slot >> ChunkShift;
        if (index >= _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, _chunks.Length * 2));
        }

        ref var chunk = ref _chunks[index];
        if (chunk is null)
        {
            chunk = new MapiSession?[ChunkSize];
        }
        else if (slot >= chunk.Length)
        {
            Array.Resize(ref chunk, chunk.Length * 4 > ChunkSize ? ChunkSize : chunk.Length * 4);
        }

        return chunk;
    }

    // One empty chunk beyond the last used is kept, so that a count that hovers at a chunk's edge does not allocate.
    private void DropSpareChunk(int count)
    {
        var spare = (count >> ChunkShift) + 2;
        if ((count & (ChunkSize - 1)) == 0 && spare < _chunks.Length)
        {
            _chunks[spare] = null!;
        }
    }
}
