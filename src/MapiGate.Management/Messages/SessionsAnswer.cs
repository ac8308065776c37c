namespace MapiGate.Management;

/// <summary>A page of sessions, by their numbers; the total is that of the gates that answered.</summary>
internal sealed record SessionsAnswer(
    IReadOnlyList<SessionRow> Sessions,
    long Total,
    long? Next,
    IReadOnlyList<FleetGap> Missing);
