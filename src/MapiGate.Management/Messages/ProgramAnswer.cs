namespace MapiGate.Management;

/// <summary>A program, with its sessions and its refusals in all gates, and in which it is on.</summary>
internal sealed record ProgramAnswer(
    string Process,
    long Sessions,
    long Refused,
    IReadOnlyList<CountRow> Versions,
    IReadOnlyList<CountRow> Gates);
