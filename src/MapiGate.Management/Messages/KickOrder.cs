namespace MapiGate.Management;

/// <summary>The sessions to be disconnected: by number in one gate, or by conditions as a rule has them.</summary>
internal sealed record KickOrder(
    IReadOnlyList<long>? Ids = null,
    string? Process = null,
    string? Version = null,
    string? Mailbox = null,
    string? User = null,
    string? Address = null,
    string? Reason = null,
    bool? WhatIf = null,
    string? Gate = null);
