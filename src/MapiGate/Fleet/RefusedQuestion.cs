using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>Who is still turned away, the last one first.</summary>
public sealed record RefusedQuestion : GateQuestion<GateRows<RefusedRow>>
{
    private protected override JsonTypeInfo<GateRows<RefusedRow>> Format => GateQuestionJson.Default.GateRowsRefusedRow;

    /// <inheritdoc/>
    public override Task<GateRows<RefusedRow>> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        IReadOnlyList<RefusedRow> rows = [.. gate.Journal.Refused.Select(RefusedRow.Of)];
        return Task.FromResult(new GateRows<RefusedRow>(rows, rows.Count, HasMore: false));
    }

    private protected override GateRows<RefusedRow>? Shorten(GateRows<RefusedRow> answer) => answer.Shorten();
}
