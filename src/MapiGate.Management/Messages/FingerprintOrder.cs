namespace MapiGate.Management;

/// <summary>A held change.</summary>
internal sealed record FingerprintOrder(
    string? Fingerprint,
    string? Reason);
