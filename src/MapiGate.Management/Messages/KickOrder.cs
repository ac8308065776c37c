namespace MapiGate.Management;

/// <summary>The sessions to be disconnected: by number, or by conditions as a rule has them.</summary>
internal sealed record KickOrder(
    IReadOnlyList<long>? Ids,
    string? Process,
    string? Version,
    string? Mailbox,
    string? User,
    string? Address,
    string? Reason,
    bool? WhatIf);
