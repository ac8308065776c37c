namespace MapiGate.Management;

/// <summary>What a change or a kick did.</summary>
internal sealed record ReceiptAnswer(
    long Revision,
    long Disconnected,
    long Examined,
    double ElapsedMilliseconds,
    HoldAnswer? Held,
    string Text)
{
    public static ReceiptAnswer Of(PolicyReceipt receipt) => new(
        receipt.Revision,
        receipt.Disconnected,
        receipt.Examined,
        receipt.Elapsed.TotalMilliseconds,
        receipt.Held is { } hold ? HoldAnswer.Of(hold) : null,
        receipt.ToString());
}
