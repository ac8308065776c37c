namespace MapiGate;

/// <summary>A session as it is shown: what its client said is cut and cleaned.</summary>
/// <param name="Id">Its number in its gate.</param>
/// <param name="Process">The program's executable name; empty when it gave none.</param>
/// <param name="Version">Its version.</param>
/// <param name="User">The authenticated account.</param>
/// <param name="Mailbox">The mailbox it asked for.</param>
/// <param name="Machine">The machine it says it runs on.</param>
/// <param name="Address">Where it logged on from.</param>
/// <param name="StartedAt">Since when it is on.</param>
/// <param name="LastActiveAt">When it was last heard of.</param>
public sealed record SessionRow(
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
    /// <summary>The gate that holds it, as whoever asked knows it: a gate does not say so itself.</summary>
    public string Gate { get; init; } = string.Empty;

    /// <summary>Shows a session.</summary>
    public static SessionRow Of(SessionInfo session)
    {
        var client = session.Client.Sanitized();
        return new SessionRow(
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
