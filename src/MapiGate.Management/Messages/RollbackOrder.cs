namespace MapiGate.Management;

/// <summary>The number of a document of earlier, and what lets it through past its limits.</summary>
internal sealed record RollbackOrder(
    long? Number = null,
    string? Reason = null,
    string? Confirm = null);
