namespace MapiGate;

/// <summary>Some of what a gate has.</summary>
/// <typeparam name="TRow">What it has.</typeparam>
/// <param name="Rows">As many as were asked for, or as an answer may hold.</param>
/// <param name="Total">How many it has in all.</param>
/// <param name="HasMore">Whether there are more behind the last of these.</param>
public sealed record GateRows<TRow>(IReadOnlyList<TRow> Rows, long Total, bool HasMore)
{
    internal GateRows<TRow>? Shorten() => Rows.Count == 0 ? null : this with { Rows = [.. Rows.Take(Rows.Count / 2)], HasMore = true };
}
