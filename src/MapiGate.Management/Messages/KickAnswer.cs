namespace MapiGate.Management;

/// <summary>Whom a kick cut, or would cut, and in which gates.</summary>
internal sealed record KickAnswer(
    bool WhatIf,
    long Sessions,
    ReceiptRow? Receipt,
    IReadOnlyList<SessionRow> First,
    IReadOnlyList<CountRow> Gates,
    IReadOnlyList<FleetGap> Missing);
