using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>Who is on. By number, so that whoever comes or goes moves nobody to another page.</summary>
public sealed record SessionsQuestion : GateQuestion<GateRows<SessionRow>>
{
    /// <summary>How many rows an answer has at most, whatever is asked for.</summary>
    public const int MostRows = 1000;

    /// <summary>Which; all when nothing is stated.</summary>
    public SessionConditions Which { get; init; } = new();

    /// <summary>Of those, the ones with these numbers; all when <see langword="null"/>.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Goes on behind this number.</summary>
    public long After { get; init; } = long.MinValue;

    /// <summary>How many rows at most.</summary>
    public int Limit { get; init; } = 100;

    private protected override JsonTypeInfo<GateRows<SessionRow>> Format => GateQuestionJson.Default.GateRowsSessionRow;

    /// <inheritdoc/>
    public override Task<GateRows<SessionRow>> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var (chooses, ids, most) = (Which.ReadOrThrow(), Ids?.ToHashSet(), Math.Clamp(Limit, 0, MostRows));
        var found = gate.Sessions.Where(session => (ids is null || ids.Contains(session.Id)) && chooses(session)).ToList();
        var page = found.Where(session => session.Id > After).OrderBy(session => session.Id).Take(most + 1).ToList();
        return Task.FromResult(new GateRows<SessionRow>([.. page.Take(most).Select(SessionRow.Of)], found.Count, page.Count > most));
    }

    // A page ends where the first gate's rows end: rows in another order, or none where there are more, would hide the other gates'.
    private protected override bool IsAnAnswer(GateRows<SessionRow> answer) =>
        (answer.Rows.Count > 0 || !answer.HasMore) && answer.Rows.Aggregate((Last: After, Rise: true), (seen, row) => (row.Id, seen.Rise && row.Id > seen.Last)).Rise;

    private protected override GateRows<SessionRow>? Shorten(GateRows<SessionRow> answer) => answer.Shorten();
}
