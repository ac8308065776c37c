namespace MapiGate;

/// <summary>What a change or a kick did.</summary>
/// <param name="Revision">The policy in force then.</param>
/// <param name="Disconnected">How many sessions were cut.</param>
/// <param name="Examined">Of how many.</param>
/// <param name="ElapsedMilliseconds">How long it took.</param>
/// <param name="Held">Why it was not made.</param>
/// <param name="Text">All that as a sentence.</param>
public sealed record ReceiptRow(long Revision, long Disconnected, long Examined, double ElapsedMilliseconds, HoldRow? Held, string Text)
{
    /// <summary>Shows a receipt.</summary>
    public static ReceiptRow Of(PolicyReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return new ReceiptRow(
            receipt.Revision,
            receipt.Disconnected,
            receipt.Examined,
            receipt.Elapsed.TotalMilliseconds,
            receipt.Held is { } hold ? HoldRow.Of(hold) : null,
            receipt.ToString());
    }
}
