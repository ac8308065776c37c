using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MapiGate;

/// <summary>
/// The lock of the session table, with what every logon and release writes beside it. A spin lock, because whoever holds it
/// moves a handful of references; it takes half the atomic operations of one that lets threads sleep. It stands on cache
/// lines of its own: who only reads the table, as each logon does first, would else take them from who is writing.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 3 * CacheLine)]
internal struct TableGuard
{
    private const int CacheLine = 64;

    /// <summary>The number of the session that came last.</summary>
    [FieldOffset(CacheLine)]
    public long LastId;

    /// <summary>How many sessions there are.</summary>
    [FieldOffset(CacheLine + sizeof(long))]
    public int Count;

    [FieldOffset(CacheLine + sizeof(long) + sizeof(int))]
    private SpinLock _lock;

    public TableGuard() => _lock = new SpinLock(enableThreadOwnerTracking: false);

    /// <summary>Takes the lock, until what is returned is disposed. Not twice on one thread: it would wait for itself.</summary>
    [UnscopedRef]
    public Held Hold()
    {
        var isHeld = false;
        _lock.Enter(ref isHeld);
        return new Held(ref _lock);
    }

    public readonly ref struct Held(ref SpinLock held)
    {
        private readonly ref SpinLock _held = ref held;

        public void Dispose() => _held.Exit(useMemoryBarrier: false);
    }
}
