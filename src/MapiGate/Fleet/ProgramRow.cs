namespace MapiGate;

/// <summary>A program with its sessions and its refusals.</summary>
/// <param name="Process">The executable name, cut and cleaned; empty for clients that gave none.</param>
/// <param name="Sessions">How many are on.</param>
/// <param name="Refused">How often it was refused.</param>
/// <param name="Versions">Its versions: the hundred that most use.</param>
public sealed record ProgramRow(string Process, long Sessions, long Refused, IReadOnlyList<CountRow> Versions);
