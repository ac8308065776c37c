namespace MapiGate.Management;

/// <summary>What a change of the document did; without a receipt the policy says what it said before.</summary>
internal sealed record WriteAnswer(
    string Version,
    ReceiptRow? Receipt,
    string Document);
