namespace MapiGate;

/// <summary>A gate that gave no answer.</summary>
/// <param name="Gate">Its name.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record FleetGap(string Gate, string Reason);
