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
    public static SessionAnswer Of(SessionInfo session) => new(
        session.Id,
        ProgramNames.Image(session.Client.ProcessNames),
        session.Client.Version?.ToString(),
        session.Client.UserName,
        session.Client.UserDn,
        session.Client.MachineName,
        session.Client.RemoteAddress?.ToString(),
        session.StartedAt,
        session.LastActiveAt);
}
