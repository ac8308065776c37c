namespace MapiGate.Management;

/// <summary>A rule to be added. It ends at Until, or after ForSeconds.</summary>
internal sealed record BlockOrder(
    string? Name,
    string? Process,
    string? Version,
    string? Mailbox,
    string? User,
    string? Address,
    DateTimeOffset? From,
    DateTimeOffset? Until,
    double? ForSeconds,
    string? Message,
    string? Reason,
    string? Mode,
    bool? WhatIf);
