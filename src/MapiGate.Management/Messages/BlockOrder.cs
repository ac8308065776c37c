namespace MapiGate.Management;

/// <summary>A rule to be added. It ends at Until, or after ForSeconds.</summary>
internal sealed record BlockOrder(
    string? Name = null,
    string? Process = null,
    string? Version = null,
    string? Mailbox = null,
    string? User = null,
    string? Address = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Until = null,
    double? ForSeconds = null,
    string? Message = null,
    string? Reason = null,
    string? Mode = null,
    bool? WhatIf = null,
    string? Confirm = null);
