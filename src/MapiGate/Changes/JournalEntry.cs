namespace MapiGate;

/// <summary>One thing that happened in a gate.</summary>
public sealed record JournalEntry
{
    private readonly Lazy<string> _text;

    internal JournalEntry(Lazy<string> text) => _text = text;

    /// <summary>The entry's number in this gate, from 1, rising by one.</summary>
    public long Sequence { get; internal init; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>What happened.</summary>
    public JournalEntryKind Kind { get; internal init; }

    /// <summary>The policy in force when it had happened.</summary>
    public long Revision { get; internal init; }

    /// <summary>What happened, in a line. What a client sent in it is cut, cleaned and in quotes.</summary>
    public string Text => _text.Value;

    /// <summary>The receipt of a change or an order; otherwise <see langword="null"/>.</summary>
    public PolicyReceipt? Receipt { get; internal init; }

    /// <summary>The change that was held; otherwise <see langword="null"/>.</summary>
    public PolicyHold? Hold { get; internal init; }

    /// <summary>The rule that refused, reported or disconnected; otherwise <see langword="null"/>.</summary>
    public string? Rule { get; internal init; }

    /// <summary>Whom it happened to, each text cut and cleaned; otherwise <see langword="null"/>.</summary>
    public MapiClient? Client { get; internal init; }

    /// <summary>The session it happened to; otherwise <see langword="null"/>.</summary>
    public long? SessionId { get; internal init; }

    /// <summary>
    /// How many entries before this one the reader of <see cref="GateJournal.ReadAsync"/> was too late for; 0 elsewhere.
    /// </summary>
    public long Missed { get; internal init; }
}
