namespace MapiGate;

/// <summary>The conditions of a rule or an exemption, as they were written.</summary>
internal sealed record ConditionTexts(string? Process, string? Version, string? Mailbox, string? User, string? Address);
