namespace MapiGate.Management;

/// <summary>The number of a document of earlier.</summary>
internal sealed record RollbackOrder(
    long? Number,
    string? Reason);
