namespace MapiGate;

/// <summary>One thing that happened in a gate.</summary>
/// <param name="Sequence">Its number in that gate, since its start.</param>
/// <param name="Time">When, by that gate's clock.</param>
/// <param name="Kind">What.</param>
/// <param name="Revision">The policy in force when it had happened.</param>
/// <param name="Text">What happened, in a line.</param>
/// <param name="Rule">The rule that refused, reported or disconnected.</param>
/// <param name="SessionId">The session it happened to.</param>
/// <param name="Receipt">The receipt of a change or an order.</param>
/// <param name="Hold">The change that was held.</param>
/// <param name="Missed">How many before it were forgotten before they could be read.</param>
public sealed record JournalRow(
    long Sequence,
    DateTimeOffset Time,
    string Kind,
    long Revision,
    string Text,
    string? Rule,
    long? SessionId,
    ReceiptRow? Receipt,
    HoldRow? Hold,
    long Missed)
{
    /// <inheritdoc cref="SessionRow.Gate"/>
    public string Gate { get; init; } = string.Empty;

    /// <summary>Shows an entry.</summary>
    public static JournalRow Of(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new JournalRow(
            entry.Sequence,
            entry.Time,
            entry.Kind.ToString(),
            entry.Revision,
            entry.Text,
            entry.Rule,
            entry.SessionId,
            entry.Receipt is { } receipt ? ReceiptRow.Of(receipt) : null,
            entry.Hold is { } hold ? HoldRow.Of(hold) : null,
            entry.Missed);
    }
}
