namespace MapiGate.Management;

/// <summary>A held change.</summary>
internal sealed record FingerprintOrder(
    string? Fingerprint = null,
    string? Reason = null);
