namespace MapiGate.Management;

/// <summary>Whom a kick cut, or would cut.</summary>
internal sealed record KickAnswer(
    bool WhatIf,
    long Sessions,
    ReceiptAnswer? Receipt,
    IReadOnlyList<SessionAnswer> First);
