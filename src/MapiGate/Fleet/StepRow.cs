namespace MapiGate;

/// <summary>One rule or exemption that was asked about a client.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="Name">What a verdict calls it.</param>
/// <param name="Text">What it says.</param>
/// <param name="Applies">Whether it names this client, and is in force.</param>
/// <param name="Decides">Whether the verdict rests on it.</param>
public sealed record StepRow(string Kind, string Name, string Text, bool Applies, bool Decides);
