using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>
/// A Session Context of the server behind, as the gate knows it: its session, the cookie that names it and the requests that
/// are pending on it. It is open until it is released (logoff, expiry, the server's own refusal) or cut (the policy, a
/// reconnect that was refused); then its cookie is forgotten at once, and the session is disposed when nothing is pending.
/// </summary>
internal sealed class GatedContext(MapiSession session, ContextTable table)
{
    private readonly Lock _lock = new();
    private readonly List<PendingRequest> _pending = [];

    // Only whom it concerns is to pay for them.
    private readonly CookieJar? _cookies = table.Options.EndContext is null ? null : new();
    private CancellationTokenRegistration _registration;
    private string? _cookie;
    private string? _previousCookie;
    private string? _seal;
    private string? _sealedCookie;
    private string _sealAttributes = string.Empty;
    private DateTimeOffset _sealRenewedAt;
    private TimeSpan _expiration = table.Options.DefaultExpiration;
    private long _idleSince;
    private bool _closed;
    private bool _disposed;

    public MapiSession Session => session;

    public ContextTable Table => table;

    // As long as the server may still honour it.
    private TimeSpan Life => _expiration + table.Options.ExpiryGrace;

    public bool IsTied => Volatile.Read(ref _cookie) is not null;

    /// <summary>Listens for the policy. Called with the Connect already pending, so that a cut finds it from the first moment on.</summary>
    public void WatchPolicy()
    {
        var registration = session.Disconnected.UnsafeRegister(static context => ((GatedContext)context!).Cut(), this);
        lock (_lock)
        {
            _registration = registration;
        }
    }

    /// <summary>Adds a request to those pending; false once the context is closed, when the request gets code 10.</summary>
    /// <remarks>The policy's notice comes by a thread of its own; until it has come round, the session itself tells.</remarks>
    public bool TryEnter(PendingRequest request)
    {
        lock (_lock)
        {
            if (_closed || session.IsDisconnected)
            {
                return false;
            }

            _pending.Add(request);
            return true;
        }
    }

    /// <summary>Takes away a request that has had its answer. The last to leave starts the idle time, or ends a closed context.</summary>
    public void Leave(PendingRequest request)
    {
        bool closed;
        lock (_lock)
        {
            _pending.Remove(request);
            closed = _closed;
        }

        if (request.IsActivity)
        {
            MarkActive();
        }

        if (closed)
        {
            DisposeWhenDone();
        }
    }

    /// <summary>
    /// Lets the cookie that the server set name this context; false once the context is closed. A server that changes the
    /// cookie under way keeps the one before it too, for the requests that crossed the change.
    /// </summary>
    public bool TryTie(string cookie)
    {
        GatedContext? replaced = null;
        string? outdated = null;
        bool isNew;
        lock (_lock)
        {
            if (_closed || session.IsDisconnected)
            {
                return false;
            }

            isNew = cookie != _cookie && cookie != _previousCookie;
            if (isNew)
            {
                outdated = _previousCookie;
                _previousCookie = _cookie;
                Volatile.Write(ref _cookie, cookie);
                replaced = table.Tie(cookie, this);
            }
        }

        // Outside the lock: two contexts that take each other's cookie would wait for each other.
        replaced?.Release();
        if (isNew)
        {
            table.Seals?.Ended.Remove(ContextHash.Of(cookie));
        }

        if (outdated is not null)
        {
            table.Forget(outdated, this);
        }

        return true;
    }

    /// <summary>
    /// Lets a cookie name this context that was sealed by another gate, or by this one in another life. Returns the context that
    /// it names from now on: of two requests that come at once, one is the first.
    /// </summary>
    /// <param name="cookie">Its value.</param>
    /// <param name="cookies">All cookies of the request that shows it.</param>
    public GatedContext Adopt(string cookie, StringValues cookies)
    {
        MarkActive();
        _cookies?.AddCookies(cookies);
        lock (_lock)
        {
            _cookie = cookie;
        }

        return table.Adopt(cookie, this);
    }

    /// <summary>The Set-Cookie of the seal, to go with each of the server's; <see langword="null"/> where there is none, or none can be made.</summary>
    /// <param name="seals">Who makes it.</param>
    /// <param name="cookie">The value of the context cookie from here on; <see langword="null"/> when the server has not set it again.</param>
    /// <param name="attributes">The attributes that it came with.</param>
    public string? Seal(SealKeeper seals, string? cookie, string attributes)
    {
        try
        {
            lock (_lock)
            {
                if (cookie is not null)
                {
                    _sealAttributes = attributes;
                }

                cookie ??= _cookie;
                if (cookie is not null && (cookie != _sealedCookie || table.Environment.Clock.GetUtcNow() >= _sealRenewedAt))
                {
                    _seal = seals.Create(session.Client, cookie, _sealAttributes, Life, out _sealRenewedAt);
                    _sealedCookie = cookie;
                }

                return _seal;
            }
        }
        catch (CryptographicException exception)
        {
            // The keys have gone. The answer is worth more than its seal.
            HttpLog.SealFailed(table.Environment.Logger, exception, session.Id);
            return null;
        }
    }

    /// <summary>The server's own idle expiry, from its latest answer.</summary>
    public void ExpireAfter(TimeSpan expiration)
    {
        // Every answer names it, and it hardly ever changes.
        if (expiration != _expiration)
        {
            lock (_lock)
            {
                _expiration = expiration;
            }
        }
    }

    /// <summary>
    /// Ends the context in peace: nobody can come back to it, and what is pending is left to the server, but for a long poll:
    /// there are servers that let one outlive its context.
    /// </summary>
    public void Release(PendingRequest? except = null) => Close(request => request.IsWait && request != except, isEnded: true);

    /// <summary>Ends the context by force. Each pending request is ended on a thread of its own: one that hangs delays no other.</summary>
    public void Cut()
    {
        if (Close(static _ => true, isEnded: true))
        {
            EndAtServer();
        }
    }

    /// <summary>Keeps what the server sets: the context can be ended there by it.</summary>
    public void KeepCookies(StringValues setCookies) => _cookies?.AddSetCookies(setCookies);

    /// <summary>Ends the context at the server behind, which has not heard of its end.</summary>
    public void EndAtServer()
    {
        if (_cookies is not null)
        {
            table.EndAtServer(new EndedContext(session.Client, _cookies.ToArray()));
        }
    }

    /// <summary>Ends the long polls, since the gate itself goes.</summary>
    public void EndWaits()
    {
        PendingRequest[] pending;
        lock (_lock)
        {
            pending = [.. _pending];
        }

        foreach (var request in pending.Where(request => request.IsWait))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static request => request.End(Ending.Stopping), request, preferLocal: false);
        }
    }

    public void ReleaseIfExpired()
    {
        lock (_lock)
        {
            // A context without a cookie is a Connect still under way.
            if (_closed || _pending.Count > 0 || _cookie is null
                || table.Environment.Clock.GetElapsedTime(_idleSince) < Life)
            {
                return;
            }

            _closed = true;
        }

        // Not ended: another gate may know that its client lives.
        HttpLog.SessionExpired(table.Environment.Logger, session.Id);
        Close(static _ => false, isEnded: false);
    }

    /// <returns>Whether it was open, and known to the server.</returns>
    private bool Close(Func<PendingRequest, bool> ends, bool isEnded)
    {
        PendingRequest[] pending;
        string?[] cookies;
        bool wasOpen;
        lock (_lock)
        {
            wasOpen = !_closed && _cookie is not null;
            _closed = true;
            pending = [.. _pending];
            cookies = [_cookie, _previousCookie];
        }

        foreach (var cookie in cookies)
        {
            if (cookie is not null)
            {
                if (isEnded)
                {
                    // Before it is forgotten: whoever doesn't find it any more finds this.
                    table.Seals?.Ended.Add(ContextHash.Of(cookie), 2 * Life);
                }

                table.Forget(cookie, this);
            }
        }

        foreach (var request in pending.Where(ends))
        {
            ThreadPool.UnsafeQueueUserWorkItem(request, preferLocal: false);
        }

        DisposeWhenDone();
        return wasOpen;
    }

    private void MarkActive()
    {
        var now = table.Environment.Clock.GetTimestamp();
        lock (_lock)
        {
            _idleSince = now;
        }

        session.MarkActive();
    }

    private void DisposeWhenDone()
    {
        CancellationTokenRegistration registration;
        lock (_lock)
        {
            if (!_closed || _disposed || _pending.Count > 0)
            {
                return;
            }

            _disposed = true;
            registration = _registration;
        }

        // Not Dispose, which would wait for the callback that may be running right here.
        registration.Unregister();
        session.Dispose();
    }
}
