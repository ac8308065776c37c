namespace MapiGate.Management;

/// <summary>A token, to be exchanged for a cookie.</summary>
internal sealed record TokenOrder(
    string? Token);
