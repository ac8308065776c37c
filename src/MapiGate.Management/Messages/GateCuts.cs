namespace MapiGate.Management;

/// <summary>How many sessions of one gate would be cut.</summary>
internal sealed record GateCuts(
    string Gate,
    long Examined,
    long Disconnected);
