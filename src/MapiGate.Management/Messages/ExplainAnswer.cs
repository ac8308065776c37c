namespace MapiGate.Management;

/// <summary>Why a client is let in or refused here, and what every gate says of it.</summary>
internal sealed record ExplainAnswer(
    bool IsAllowed,
    string? Rule,
    string? Message,
    string? Exemption,
    string Text,
    IReadOnlyList<StepRow> Steps,
    IReadOnlyList<GateVerdict> Gates,
    IReadOnlyList<FleetGap> Missing);
