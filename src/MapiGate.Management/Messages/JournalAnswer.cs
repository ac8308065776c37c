namespace MapiGate.Management;

/// <summary>One thing that happened.</summary>
internal sealed record JournalAnswer(
    long Sequence,
    DateTimeOffset Time,
    string Kind,
    long Revision,
    string Text,
    string? Rule,
    long? SessionId,
    ReceiptAnswer? Receipt,
    HoldAnswer? Hold,
    long Missed)
{
    public static JournalAnswer Of(JournalEntry entry) => new(
        entry.Sequence,
        entry.Time,
        entry.Kind.ToString(),
        entry.Revision,
        entry.Text,
        entry.Rule,
        entry.SessionId,
        entry.Receipt is { } receipt ? ReceiptAnswer.Of(receipt) : null,
        entry.Hold is { } hold ? HoldAnswer.Of(hold) : null,
        entry.Missed);
}
