namespace MapiGate.Management;

/// <summary>A session.</summary>
internal sealed record SessionAnswer(
    long Id,
    string Process,
    string? Version,
    string? User,
    string? Mailbox,
    string? Machine,
    string? Address,
    DateTimeOffset StartedAt,
    DateTimeOffset LastActiveAt)
{
    public static SessionAnswer Of(SessionInfo session)
    {
        var client = session.Client.Sanitized();
        return new SessionAnswer(
            session.Id,
            client.ProcessName ?? string.Empty,
            client.Version?.ToString(),
            client.UserName,
            client.UserDn,
            client.MachineName,
            client.RemoteAddress?.ToString(),
            session.StartedAt,
            session.LastActiveAt);
    }
}
