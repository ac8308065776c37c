namespace MapiGate;

/// <summary>Some of a gate's journal, in the order in which it happened.</summary>
/// <param name="Start">Names this run of the gate: numbers begin anew with the next.</param>
/// <param name="Rows">The entries.</param>
/// <param name="HasMore">Whether there are more, before or behind them.</param>
public sealed record GateJournalRows(string Start, IReadOnlyList<JournalRow> Rows, bool HasMore);
