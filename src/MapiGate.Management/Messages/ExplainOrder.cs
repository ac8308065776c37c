namespace MapiGate.Management;

/// <summary>A client to be judged, by the policy in force or by a document.</summary>
internal sealed record ExplainOrder(
    IReadOnlyList<string>? Processes = null,
    string? Version = null,
    string? User = null,
    string? Mailbox = null,
    string? Address = null,
    string? Document = null);
