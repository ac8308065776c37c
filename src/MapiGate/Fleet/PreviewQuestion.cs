using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>Whom a document would cut, read beside all other sources of the gate that is asked.</summary>
public sealed record PreviewQuestion : GateQuestion<GatePreview>
{
    private const int MostCounts = 100;

    /// <summary>The document.</summary>
    public string Document { get; init; } = string.Empty;

    /// <summary>How many sessions to name at most.</summary>
    public int Limit { get; init; } = 200;

    private protected override JsonTypeInfo<GatePreview> Format => GateQuestionJson.Default.GatePreview;

    /// <inheritdoc/>
    public override async Task<GatePreview> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var draft = await ReadAsync(store, Document, cancellationToken).ConfigureAwait(false);
        if (draft.Policy is null)
        {
            return new GatePreview(draft.Errors, string.Empty, 0, 0, [], [], [], [], []);
        }

        var preview = gate.Preview(draft.Policy);
        return new GatePreview(
            [],
            draft.Fingerprint,
            preview.Examined,
            preview.Disconnected.Count,
            Top(preview.ByProgram.Select(program => KeyValuePair.Create(ClientText.Clean(program.Key), program.Value))),
            Top(preview.ByRule),
            Top(Count(preview.Disconnected, session => ClientText.Clean(session.Client.UserName))),
            Top(Count(preview.Disconnected, session => session.Client.RemoteAddress?.ToString() ?? string.Empty)),
            [.. preview.Disconnected.Take(Math.Clamp(Limit, 0, SessionsQuestion.MostRows)).Select(SessionRow.Of)]);
    }

    internal static Task<PolicyDraft> ReadAsync(IPolicyStore? store, string document, CancellationToken cancellationToken) =>
        store?.DraftAsync(document, cancellationToken) ?? throw new InvalidOperationException("This gate has no policy store that could read a document.");

    // How many are cut stays; then comes of whom.
    private protected override GatePreview? Shorten(GatePreview answer) =>
        answer.Sessions.Count > 0 ? answer with { Sessions = Half(answer.Sessions) }
        : answer.ByProgram.Count + answer.ByRule.Count + answer.ByUser.Count + answer.ByAddress.Count > 0
            ? answer with { ByProgram = Half(answer.ByProgram), ByRule = Half(answer.ByRule), ByUser = Half(answer.ByUser), ByAddress = Half(answer.ByAddress) }
        : null;

    private static IReadOnlyList<T> Half<T>(IReadOnlyList<T> rows) => [.. rows.Take(rows.Count / 2)];

    private static IEnumerable<KeyValuePair<string, int>> Count(IReadOnlyList<SessionInfo> sessions, Func<SessionInfo, string> by) =>
        sessions.CountBy(by, StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyList<CountRow> Top(IEnumerable<KeyValuePair<string, int>> counts) =>
        [.. counts.OrderByDescending(count => count.Value).Take(MostCounts).Select(count => new CountRow(count.Key, count.Value))];
}
