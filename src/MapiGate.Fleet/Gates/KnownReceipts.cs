namespace MapiGate.Fleet;

/// <summary>All receipts as they were read last, and what the servers' clock said then.</summary>
/// <param name="Receipts">The receipts.</param>
/// <param name="Document">The document that the servers kept then.</param>
/// <param name="IsDocumentLost">Whether this gate had a newer one before it asked for theirs: one that came later says nothing of that.</param>
/// <param name="ServerTime">Their clock.</param>
/// <param name="Timestamp">When that was, by this machine's timestamps.</param>
/// <param name="Own">This gate's own receipts among all that were ever written, and when they were, by the same; none where theirs are others.</param>
internal sealed record KnownReceipts(
    IReadOnlyList<KeptReceipt> Receipts,
    FleetDocument? Document,
    bool IsDocumentLost,
    DateTimeOffset ServerTime,
    long Timestamp,
    IReadOnlyList<(ulong Revision, long Timestamp)> Own);
