namespace MapiGate.Management;

/// <summary>A gate that follows the policy.</summary>
internal sealed record GateAnswer(
    string Name,
    string State,
    long Revision,
    string Fingerprint,
    int Sessions,
    DateTimeOffset Since);
