namespace MapiGate.Management;

/// <summary>What one gate says of a client.</summary>
internal sealed record GateVerdict(
    string Gate,
    bool IsAllowed,
    string? Rule,
    string Text);
