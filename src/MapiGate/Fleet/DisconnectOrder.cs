using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>A kick: the policy stays, so their clients may log on again.</summary>
public sealed record DisconnectOrder : GateQuestion<GateKick>
{
    /// <summary>Whom; nobody when neither this nor <see cref="Ids"/> is stated.</summary>
    public SessionConditions Which { get; init; } = new();

    /// <summary>Of those, the ones with these numbers. A number is one gate's own: it says nothing to another.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Why, for log, journal and verdict.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>How many sessions to name at most.</summary>
    public int Limit { get; init; } = 200;

    /// <inheritdoc/>
    public override bool IsOrder => true;

    private protected override JsonTypeInfo<GateKick> Format => GateQuestionJson.Default.GateKick;

    /// <inheritdoc/>
    public override Task<GateKick> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var (chooses, ids) = (Which.ReadOrThrow(), Ids?.ToHashSet());
        if (ids is null && !Which.AreStated())
        {
            throw new InvalidOperationException("It does not say whom.");
        }

        IReadOnlyList<SessionRow> first = [.. gate.Sessions.Where(Chosen).OrderBy(session => session.Id).Take(Math.Clamp(Limit, 0, SessionsQuestion.MostRows)).Select(SessionRow.Of)];
        var reason = ClientText.Clean(Reason);
        return Task.FromResult(new GateKick(ReceiptRow.Of(gate.Disconnect(Chosen, string.IsNullOrWhiteSpace(reason) ? "by order" : reason)), first));

        bool Chosen(SessionInfo session) => (ids is null || ids.Contains(session.Id)) && chooses(session);
    }

    private protected override GateKick? Shorten(GateKick answer) => answer.First.Count == 0 ? null : answer with { First = [.. answer.First.Take(answer.First.Count / 2)] };
}
