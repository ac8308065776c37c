namespace MapiGate.Management;

/// <summary>A page of sessions, by their numbers.</summary>
internal sealed record SessionsAnswer(
    IReadOnlyList<SessionAnswer> Sessions,
    long Total,
    long? Next);
