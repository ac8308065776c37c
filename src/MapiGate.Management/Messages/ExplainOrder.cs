namespace MapiGate.Management;

/// <summary>A client to be judged, by the policy in force or by a document.</summary>
internal sealed record ExplainOrder(
    IReadOnlyList<string>? Processes,
    string? Version,
    string? User,
    string? Mailbox,
    string? Address,
    string? Document);
