namespace MapiGate.Fleet;

/// <summary>What became of the document that a gate has seen.</summary>
internal enum GateReceiptState
{
    Applied,
    Held,
    Rejected,
}
