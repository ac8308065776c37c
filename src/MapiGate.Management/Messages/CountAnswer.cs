namespace MapiGate.Management;

/// <summary>How many sessions something has.</summary>
internal sealed record CountAnswer(
    string Name,
    long Sessions);
