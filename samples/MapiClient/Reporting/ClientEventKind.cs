namespace MapiClient.Reporting;

/// <summary>What can happen to a session, seen from its client.</summary>
internal enum ClientEventKind
{
    Connected,
    MailboxOpen,
    MailboxRefused,
    Refused,
    Cut,
    Unreachable,
    Failed,
    LoggedOff,
}
