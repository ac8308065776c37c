namespace MapiGate;

/// <summary>
/// What a logon that was let in owns: a Session Context in MS-OXCRPC. It is not a connection; it lives across many.
/// </summary>
/// <remarks>
/// Its host ends it with <see cref="Dispose"/> (logoff); the gate ends it when a policy denies its client. All members
/// may be used from any thread.
/// </remarks>
public sealed class MapiSession : IDisposable
{
    private readonly long _startedAtUtcTicks;
    private volatile SessionGroup? _group;
    private CancellationTokenSource? _disconnected;
    private int _isReleased;

    internal MapiSession(MapiClient client, long startedAtUtcTicks)
    {
        Client = client;
        _startedAtUtcTicks = startedAtUtcTicks;
    }

    /// <summary>The session's number, unique for the life of its gatekeeper. Not a secret, and not in order of logon.</summary>
    public long Id { get; private set; }

    /// <summary>What the client said at logon.</summary>
    public MapiClient Client { get; }

    /// <summary>When the logon was let in, in UTC.</summary>
    public DateTimeOffset StartedAt => new(_startedAtUtcTicks, TimeSpan.Zero);

    /// <summary>
    /// Whether the gate has ended this session. Set before <see cref="Gatekeeper.Apply(IConnectionPolicy)"/> returns, and for
    /// good; a session that was released first never becomes disconnected.
    /// </summary>
    public bool IsDisconnected => _group?.Disconnection is not null;

    /// <summary>Why the session was disconnected; <see cref="ConnectionVerdict.Allowed"/> while it was not.</summary>
    public ConnectionVerdict Verdict => _group?.Disconnection?.Verdict ?? ConnectionVerdict.Allowed;

    /// <summary>
    /// Cancelled when the gate ends this session. Its callbacks run on threads of the gate's own: never on the one that
    /// called <see cref="Gatekeeper.Apply(IConnectionPolicy)"/>, and never behind another session's that does not return.
    /// A token taken from a session that is already disconnected is already cancelled, and runs a callback where it is registered.
    /// </summary>
    public CancellationToken Disconnected
    {
        get
        {
            var source = Volatile.Read(ref _disconnected);
            if (source is null)
            {
                if (IsDisconnected)
                {
                    return new CancellationToken(canceled: true);
                }

                var created = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _disconnected, created, null) ?? created;

                _group?.Listen();

                // The notifier may have passed by before there was a source to cancel: look again, and send it back.
                if (_group is { Disconnection: not null } group)
                {
                    group.Stripe.Notifier.Post(this);
                }
            }

            return source.Token;
        }
    }

    /// <summary>The group the session is, or when it ended was, a member of. Changed under the lock of the group's stripe.</summary>
    internal SessionGroup? Group
    {
        get => _group;
        set => _group = value;
    }

    /// <summary>The session's place in its group. Guarded by the lock of the group's stripe.</summary>
    internal int Slot { get; set; }

    /// <summary>Ends the session from the host's side: logoff, or the clean-up after a disconnect. Again is harmless.</summary>
    public void Dispose() => SessionStripe.Release(this);

    /// <summary>The session's number and client, fit for a log.</summary>
    public override string ToString() => $"session {Id}: {Client}";

    /// <summary>Notes that the host has released a session the gate had ended already. True the first time only.</summary>
    internal bool TryMarkReleased() => Interlocked.Exchange(ref _isReleased, 1) == 0;

    internal void Enter(SessionGroup group, int slot, long id)
    {
        Slot = slot;
        Id = id;
        Group = group;
    }

    /// <summary>Runs what the host registered, on the calling thread. Again is harmless.</summary>
    internal void Notify() => Volatile.Read(ref _disconnected)?.Cancel();
}
