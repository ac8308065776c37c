namespace MapiGate.Management;

/// <summary>Says of every endpoint by which authorization policy a change is let through; none where one holds for all of it.</summary>
internal sealed record WritePolicy(string? Name);
