namespace MapiGate;

/// <summary>
/// What a logon that was let in owns: a Session Context in MS-OXCRPC. It is not a connection; it lives across many.
/// </summary>
/// <remarks>
/// Its host ends it with <see cref="Dispose"/> (logoff); the gate ends it when a policy denies its client, or somebody has
/// it disconnected. All members may be used from any thread.
/// </remarks>
public sealed class MapiSession : IDisposable
{
    private readonly SessionTable _table;
    private readonly long _startedAtUtcTicks;
    private long _lastActiveUtcTicks;
    private volatile Disconnection? _disconnection;
    private volatile CancellationTokenSource? _disconnected;
    private int _isReleased;

    internal MapiSession(MapiClient client, SessionTable table, DateTimeOffset startedAt)
    {
        Client = client;
        _table = table;
        _lastActiveUtcTicks = _startedAtUtcTicks = startedAt.UtcTicks;
    }

    /// <summary>The session's number, unique for the life of its gatekeeper. Not a secret, and not in order of logon.</summary>
    public long Id { get; private set; }

    /// <summary>What the client said at logon.</summary>
    public MapiClient Client { get; }

    /// <summary>When the logon was let in, in UTC.</summary>
    public DateTimeOffset StartedAt => new(_startedAtUtcTicks, TimeSpan.Zero);

    /// <summary>When its client was last heard of, in UTC: at logon, or when the host last called <see cref="MarkActive"/>.</summary>
    public DateTimeOffset LastActiveAt => new(Volatile.Read(ref _lastActiveUtcTicks), TimeSpan.Zero);

    /// <summary>
    /// Whether the gate has ended this session. Set before <see cref="Gatekeeper.Apply(IConnectionPolicy)"/> returns, and for
    /// good; a session that was released first never becomes disconnected.
    /// </summary>
    public bool IsDisconnected => _disconnection is not null;

    /// <summary>Why the session was disconnected; <see cref="ConnectionVerdict.Allowed"/> while it was not.</summary>
    public ConnectionVerdict Verdict => _disconnection?.Verdict ?? ConnectionVerdict.Allowed;

    /// <summary>
    /// Cancelled when the gate ends this session, before the call that ends it returns. Its callbacks run on the .NET thread
    /// pool, each session's as a work item of their own: never on the thread that called
    /// <see cref="Gatekeeper.Apply(IConnectionPolicy)"/>, and never behind another session's. Callbacks that block hold pool
    /// threads; hundreds that do starve the process's pool, which <c>dotnet.thread_pool.queue.length</c> shows.
    /// A token taken from a session that is already disconnected is already cancelled, and runs a callback where it is registered.
    /// </summary>
    public CancellationToken Disconnected
    {
        get
        {
            if (_disconnected is null)
            {
                if (IsDisconnected)
                {
                    return new CancellationToken(canceled: true);
                }

                Interlocked.CompareExchange(ref _disconnected, new CancellationTokenSource(), null);
            }

            // The gate may have ended the session, and passed by before there was a source to cancel. Whoever finds that
            // cancels it, and to do so twice is harmless.
            if (IsDisconnected && !_disconnected.IsCancellationRequested)
            {
                _table.Callbacks.Watch(this, _disconnected.CancelAsync());
            }

            return _disconnected.Token;
        }
    }

    internal SessionInfo Info => new(Id, Client, StartedAt, LastActiveAt);

    /// <summary>The group the session is in or, once it has left the table, was in.</summary>
    internal SessionGroup Group { get; private set; } = null!;

    /// <summary>Whether the session is in the table. Guarded by the table's lock.</summary>
    internal bool IsInTable => Slot >= 0 && _disconnection is null;

    /// <summary>The session's place in its group; negative once it was taken out by itself. Guarded by the table's lock.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>Notes that the client has just been heard of, for <see cref="LastActiveAt"/>. Hosts call it at each request.</summary>
    public void MarkActive() => Volatile.Write(ref _lastActiveUtcTicks, _table.UtcNow.UtcTicks);

    /// <summary>Ends the session from the host's side: logoff, or the clean-up after a disconnect. Again is harmless.</summary>
    public void Dispose()
    {
        if (!_table.TryRelease(this) && _disconnection is { } disconnection && Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            disconnection.Releases.Signal();
        }
    }

    /// <summary>The session's number and client, fit for a log.</summary>
    public override string ToString() => $"session {Id}: {Client}";

    internal void Enter(SessionGroup group, int slot, long id)
    {
        (Group, Slot, Id) = (group, slot, id);
    }

    /// <summary>Marks the session as ended by the gate. Called once, under the table's lock.</summary>
    internal void Leave(Disconnection disconnection) => _disconnection = disconnection;

    /// <summary>What cancels the token; <see langword="null"/> when nobody has taken it.</summary>
    internal CancellationTokenSource? Source => _disconnected;
}
