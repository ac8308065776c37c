namespace MapiGate.Management;

/// <summary>A document to be written or looked at.</summary>
internal sealed record DocumentOrder(
    string? Document,
    string? Reason);
