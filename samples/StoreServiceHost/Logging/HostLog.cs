using MapiGate;
using StoreServiceHost.Contexts;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Logging;

/// <summary>
/// What the host says in its own words; the gate logs its refusals, policy changes and disconnects itself. All event
/// ids of the host are in this file, and none is ever used again.
/// </summary>
internal sealed partial class HostLog(ILoggerFactory loggers)
{
    /// <summary>One short category for all, so that a line reads "Store: janedow logged on …".</summary>
    private readonly ILogger _logger = loggers.CreateLogger("Store");

    public void LoggedOn(Mailbox mailbox, MapiSession? session)
    {
        var client = session?.Client;
        LoggedOn(
            mailbox.Owner, ClientText.Clean(client?.ProcessName), client?.Version?.ToString() ?? "(no version)",
            ClientText.Clean(client?.MachineName), client?.RemoteAddress?.ToString() ?? "unknown", session?.Id ?? 0);
    }

    public void Ended(SessionContext context, ContextEnd reason, TimeSpan lifetime)
    {
        var (user, session, seconds) = (context.Mailbox.Owner, context.Session?.Id ?? 0, (long)lifetime.TotalSeconds);
        switch (reason)
        {
            case ContextEnd.LoggedOff:
                LoggedOff(user, session, seconds);
                break;
            case ContextEnd.Replaced:
                Replaced(user, session, seconds);
                break;
            case ContextEnd.Expired:
                Expired(user, session, seconds);
                break;
            case ContextEnd.Cut:
                // The gate has told this one, with its rule, in the order it happened.
                Cut(user, session, seconds);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{User} logged on with {Program} {Version} from {Machine} ({Address}), session {Session}", EventName = "LoggedOn")]
    private partial void LoggedOn(string user, string program, string version, string machine, string address, long session);

    [LoggerMessage(2, LogLevel.Information, "{User} logged off, session {Session}, after {Seconds} s", EventName = "LoggedOff")]
    private partial void LoggedOff(string user, long session, long seconds);

    [LoggerMessage(3, LogLevel.Information, "{User} logged on anew, session {Session} ended after {Seconds} s", EventName = "Replaced")]
    private partial void Replaced(string user, long session, long seconds);

    [LoggerMessage(4, LogLevel.Information, "{User} was idle for too long, session {Session} expired after {Seconds} s", EventName = "Expired")]
    private partial void Expired(string user, long session, long seconds);

    [LoggerMessage(5, LogLevel.Debug, "{User}'s context of session {Session} destroyed after {Seconds} s: the gate cut it", EventName = "Cut")]
    private partial void Cut(string user, long session, long seconds);

    [LoggerMessage(6, LogLevel.Information, "{User}'s logon was let in by the gate but refused by the store: {Reason}", EventName = "NoMailbox")]
    public partial void NoMailbox(string user, string reason);

    [LoggerMessage(7, LogLevel.Information, "Listening at {Addresses} for {Mailboxes} mailboxes; Ctrl+C ends it", EventName = "Listening")]
    public partial void Listening(string addresses, int mailboxes);

    [LoggerMessage(9, LogLevel.Error, "A {RequestType} request failed", EventName = "RequestFailed")]
    public partial void RequestFailed(string requestType, Exception exception);
}
