namespace MapiGate.Management;

/// <summary>A document to be written or looked at. What it would cut past its limits is let through by its fingerprint.</summary>
internal sealed record DocumentOrder(
    string? Document = null,
    string? Reason = null,
    string? Confirm = null);
