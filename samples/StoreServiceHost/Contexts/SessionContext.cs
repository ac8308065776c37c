using MapiGate;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Contexts;

/// <summary>
/// What a logon that was let in owns on this server: a Session Context (MS-OXCRPC 3.1.1). It lives across many
/// HTTP requests and connections, found again by its cookie.
/// </summary>
/// <remarks>
/// The idle timer runs only while no request is pending: a client that waits five minutes for a notification is
/// not idle.
/// </remarks>
internal sealed class SessionContext
{
    private readonly Lock _lock = new();
    private readonly SessionContextTable _table;
    private readonly IdleTimer _idle;
    private CancellationTokenSource? _waiting;
    private string _sequence;
    private bool _isRunning;
    private ContextEnd? _end;
    private int _pending;

    public SessionContext(SessionContextTable table, Mailbox mailbox, MapiSession? session)
    {
        _table = table;
        Mailbox = mailbox;
        Session = session;
        StartedAt = table.Time.GetTimestamp();
        FirstSequence = _sequence = ContextCookies.CreateValue();

        _idle = new IdleTimer(table.Time, table.IdleLifetime, OnIdle);
        _idle.Start();
    }

    /// <summary>The cookie that finds this context again.</summary>
    public string Id { get; } = ContextCookies.CreateValue();

    /// <summary>The sequence cookie that the first request after Connect must carry.</summary>
    public string FirstSequence { get; }

    public Mailbox Mailbox { get; }

    /// <summary>What the gate knows this logon by, for the host to look at: the gate releases it; <see langword="null"/> when no gate stands in front.</summary>
    public MapiSession? Session { get; }

    public long StartedAt { get; }

    /// <summary>The open objects of this logon.</summary>
    public ServerObjectHandles Handles { get; } = new();

    public bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _end is not null;
            }
        }
    }

    /// <summary>
    /// Starts a request that must come in order: it carries the newest sequence cookie, and no other such request is
    /// under way. The cookie is used up, whatever becomes of the request; <paramref name="next"/> is its successor.
    /// </summary>
    public BeginResult TryBeginInSequence(string sequence, out PendingRequest pending, out string next)
    {
        (pending, next) = (default, "");
        lock (_lock)
        {
            if (_end is not null)
            {
                return BeginResult.Gone;
            }

            if (_isRunning || !string.Equals(sequence, _sequence, StringComparison.Ordinal))
            {
                return BeginResult.OutOfSequence;
            }

            _isRunning = true;
            next = _sequence = ContextCookies.CreateValue();
            pending = Begin(inSequence: true);
            return BeginResult.Begun;
        }
    }

    /// <summary>Starts a request that may overlap any other: PING and NotificationWait.</summary>
    public BeginResult TryBeginOverlapping(out PendingRequest pending)
    {
        pending = default;
        lock (_lock)
        {
            if (_end is not null)
            {
                return BeginResult.Gone;
            }

            pending = Begin(inSequence: false);
            return BeginResult.Begun;
        }
    }

    /// <summary>
    /// Starts the context's one long poll and ends the one before it: a client that lost its connection asks anew,
    /// and must not pile up waits that nobody reads.
    /// </summary>
    /// <returns>Signalled when a later long poll takes this one's place, and when the context has ended but by a cut.</returns>
    public CancellationToken StartWait()
    {
        // Never disposed: a source without timer or link holds nothing, and the earlier poll may still read its own.
        var wait = new CancellationTokenSource();
        CancellationTokenSource? previous;
        lock (_lock)
        {
            if (EndsWaits(_end))
            {
                return new CancellationToken(canceled: true);
            }

            (previous, _waiting) = (_waiting, wait);
        }

        // Off this thread: the earlier poll would otherwise run its ending inside this request.
        _ = previous?.CancelAsync();
        return wait.Token;
    }

    /// <summary>Ends one request that was begun.</summary>
    internal void Finish(bool inSequence)
    {
        lock (_lock)
        {
            if (inSequence)
            {
                _isRunning = false;
            }

            if (--_pending == 0 && _end is null)
            {
                _idle.Start();
            }
        }
    }

    /// <summary>Marks the context dead. Called by the table, which removed it first.</summary>
    internal void MarkEnded(ContextEnd reason)
    {
        CancellationTokenSource? waiting;
        lock (_lock)
        {
            _end = reason;
            waiting = _waiting;
        }

        _idle.End();
        if (EndsWaits(reason))
        {
            _ = waiting?.CancelAsync();
        }
    }

    /// <summary>
    /// What is pending on a session that the gate cut is ended by the gate, in the protocol's form: the host must not
    /// speak into that.
    /// </summary>
    private static bool EndsWaits(ContextEnd? reason) => reason is not (null or ContextEnd.Cut);

    /// <summary>Called under the lock.</summary>
    private PendingRequest Begin(bool inSequence)
    {
        if (_pending++ == 0)
        {
            _idle.Stop();
        }

        return new PendingRequest(this, inSequence);
    }

    private void OnIdle()
    {
        lock (_lock)
        {
            if (_end is not null || _pending > 0 || !_idle.HasExpired())
            {
                return;
            }

            _end = ContextEnd.Expired;
        }

        _table.End(this, ContextEnd.Expired);
    }
}
