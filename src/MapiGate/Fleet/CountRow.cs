namespace MapiGate;

/// <summary>How many sessions something has.</summary>
/// <param name="Name">A program, a version, a user, an address, a rule, a gate.</param>
/// <param name="Sessions">How many.</param>
public sealed record CountRow(string Name, long Sessions);
