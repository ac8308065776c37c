namespace MapiGate;

/// <summary>What became of a held change in a gate.</summary>
/// <param name="WasHeld">Whether it was held there.</param>
/// <param name="Receipt">What it did, where it was let through.</param>
public sealed record GateHold(bool WasHeld, ReceiptRow? Receipt);
