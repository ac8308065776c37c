using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MapiGate;
using Microsoft.Extensions.Options;
using StoreServiceHost.Logging;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Contexts;

/// <summary>The Session Contexts alive, by cookie. Who removes one ends it: exactly once, whoever comes first.</summary>
internal sealed class SessionContextTable(TimeProvider time, IOptions<ContextOptions> options, HostLog log)
{
    private readonly ConcurrentDictionary<string, SessionContext> _contexts = new(StringComparer.Ordinal);

    public TimeProvider Time => time;

    /// <summary>How long an idle context lives: no longer than clients are told (MS-OXCMAPIHTTP 2.2.3.3.7).</summary>
    public TimeSpan IdleLifetime { get; } = options.Value.IdleExpiry;

    /// <summary>Opens a context for a logon that the gate let in, and ties its end to the gate's verdict.</summary>
    public SessionContext Open(Mailbox mailbox, MapiSession? session)
    {
        var context = new SessionContext(this, mailbox, session);
        _contexts[context.Id] = context;
        log.LoggedOn(mailbox, session);

        // Registered last: a session cut meanwhile runs this at once and finds the context in the table.
        session?.Disconnected.UnsafeRegister(_ => End(context, ContextEnd.Cut), null);
        return context;
    }

    /// <summary>Finds a context of this user. A stranger's cookie is answered like one that never was.</summary>
    public bool TryFind(string id, string userName, [NotNullWhen(true)] out SessionContext? context)
    {
        if (_contexts.TryGetValue(id, out context) && !string.Equals(context.Mailbox.Owner, userName, StringComparison.OrdinalIgnoreCase))
        {
            context = null;
        }

        return context is not null;
    }

    public void End(SessionContext context, ContextEnd reason)
    {
        if (!_contexts.TryRemove(KeyValuePair.Create(context.Id, context)))
        {
            return;
        }

        context.MarkEnded(reason);
        log.Ended(context, reason, time.GetElapsedTime(context.StartedAt));
    }
}
