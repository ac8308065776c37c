using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>What happened lately: the newest entries, or those behind what was read before.</summary>
public sealed record JournalQuestion : GateQuestion<GateJournalRows>
{
    private const int MostRows = 1200;

    /// <summary>The last number read, by <see cref="GateJournalRows.Start"/>. A gate that finds its own there goes on behind it.</summary>
    public IReadOnlyDictionary<string, long> After { get; init; } = new Dictionary<string, long>();

    /// <summary>How many entries at most.</summary>
    public int Limit { get; init; } = MostRows;

    private protected override JsonTypeInfo<GateJournalRows> Format => GateQuestionJson.Default.GateJournalRows;

    /// <inheritdoc/>
    public override Task<GateJournalRows> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var most = Math.Clamp(Limit, 0, MostRows);
        var goesOn = After.TryGetValue(gate.Journal.Start, out var after);
        var all = gate.Journal.Recent.Where(entry => entry.Sequence > after).ToList();
        var rows = (goesOn ? all.Take(most) : all.TakeLast(most)).Select(JournalRow.Of).ToList();
        return Task.FromResult(new GateJournalRows(gate.Journal.Start, rows, rows.Count < all.Count));
    }

    // Whoever goes on wants the next, whoever begins the newest.
    private protected override GateJournalRows? Shorten(GateJournalRows answer) => answer.Rows.Count == 0 ? null : answer with
    {
        Rows = [.. After.ContainsKey(answer.Start) ? answer.Rows.Take(answer.Rows.Count / 2) : answer.Rows.TakeLast(answer.Rows.Count / 2)],
        HasMore = true,
    };
}
