namespace MapiGate;

/// <summary>Whom a kick cut in a gate.</summary>
/// <param name="Receipt">What it did.</param>
/// <param name="First">The first of them, as they were just before.</param>
public sealed record GateKick(ReceiptRow Receipt, IReadOnlyList<SessionRow> First);
