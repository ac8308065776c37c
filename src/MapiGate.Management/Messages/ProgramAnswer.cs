namespace MapiGate.Management;

/// <summary>A program, with its sessions and its refusals.</summary>
internal sealed record ProgramAnswer(
    string Process,
    long Sessions,
    long Refused,
    IReadOnlyList<CountAnswer> Versions);
