using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MapiGate.Management;

/// <summary>The policy document: shown, looked at, written, rolled back; held changes confirmed and withdrawn.</summary>
internal static class PolicyEndpoints
{
    private const string Json = "application/json";

    public static void Map(RouteGroupBuilder read, RouteGroupBuilder write)
    {
        read.MapGet("policy", GetPolicy).Produces<PolicyAnswer>();
        read.MapGet("policy/history", GetHistory).Produces<IReadOnlyList<HistoryAnswer>>();
        read.MapPost("policy/preview", Preview).Accepts<DocumentOrder>(Json).Produces<PreviewAnswer>();
        read.MapPost("explain", Explain).Accepts<ExplainOrder>(Json).Produces<ExplainAnswer>().Produces<ProblemAnswer>(StatusCodes.Status422UnprocessableEntity);
        Changing(write.MapPut("policy", Put).Accepts<DocumentOrder>(Json));
        Changing(write.MapPost("policy/rollback", Rollback).Accepts<RollbackOrder>(Json).Produces<ProblemAnswer>(StatusCodes.Status404NotFound));
        Changing(write.MapPost("policy/confirm", Confirm).Accepts<FingerprintOrder>(Json));
        Changing(write.MapPost("policy/withdraw", Withdraw).Accepts<FingerprintOrder>(Json));
    }

    public static void Changing(RouteHandlerBuilder endpoint) => endpoint
        .Produces<WriteAnswer>()
        .Produces<ProblemAnswer>(StatusCodes.Status409Conflict)
        .Produces<ProblemAnswer>(StatusCodes.Status412PreconditionFailed)
        .Produces<ProblemAnswer>(StatusCodes.Status422UnprocessableEntity)
        .Produces<ProblemAnswer>(StatusCodes.Status428PreconditionRequired)
        .Produces<ProblemAnswer>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetPolicy(HttpContext http, CancellationToken cancellationToken)
    {
        var stored = await http.Store().ReadAsync(cancellationToken).ConfigureAwait(false);
        http.Response.Headers.ETag = $"\"{stored.Version}\"";
        return TypedResults.Json(new PolicyAnswer(stored.Document, stored.Version, http.Store().Name, [.. http.Gate().InForce.Rules.Select(RuleAnswer.Of)]), ManagementJson.Default.PolicyAnswer);
    }

    private static async Task<IResult> GetHistory(HttpContext http, CancellationToken cancellationToken)
    {
        var history = await http.Store().HistoryAsync(cancellationToken).ConfigureAwait(false);
        var now = await http.Store().ReadAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Json(
            [.. history.Select((entry, i) => new HistoryAnswer(entry.Number, entry.Version, entry.Author, entry.Reason, entry.Time, entry.IsByHand, i == 0 && entry.Version == now.Version, entry.Document))],
            ManagementJson.Default.IReadOnlyListHistoryAnswer);
    }

    private static Task<IResult> Preview(HttpContext http, CancellationToken cancellationToken) => http.ReadAsync(ManagementJson.Default.DocumentOrder, async order =>
        TypedResults.Json(await DocumentPreview.ReadAsync(http, order.Document ?? string.Empty).ConfigureAwait(false), ManagementJson.Default.PreviewAnswer));

    private static Task<IResult> Explain(HttpContext http, CancellationToken cancellationToken) => http.ReadAsync(ManagementJson.Default.ExplainOrder, async order =>
    {
        var question = new ExplainQuestion { Processes = order.Processes ?? [], Version = order.Version, User = order.User, Mailbox = order.Mailbox, Address = order.Address, Document = order.Document };
        List<string> errors = [.. question.FindErrors()];
        errors.AddRange(order.Document is null ? [] : (await http.Store().DraftAsync(order.Document, cancellationToken).ConfigureAwait(false)).Errors);
        if (errors.Count > 0)
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, "That cannot be judged", errors[0], errors);
        }

        var asked = await http.AskAsync(question).ConfigureAwait(false);
        if (!asked.Answers.TryGetValue(http.Fleet().GateName, out var here))
        {
            here = await question.AnswerAsync(http.Gate(), http.Store(), cancellationToken).ConfigureAwait(false);
        }

        return TypedResults.Json(
            new ExplainAnswer(
                here.IsAllowed,
                here.Rule,
                here.Message,
                here.Exemption,
                here.Text,
                here.Steps,
                [.. asked.Answers.OrderBy(answer => answer.Key, StringComparer.OrdinalIgnoreCase).Select(answer => new GateVerdict(answer.Key, answer.Value.IsAllowed, answer.Value.Rule, answer.Value.Text))],
                asked.Missing),
            ManagementJson.Default.ExplainAnswer);
    });

    private static async Task<IResult> Put(HttpContext http, CancellationToken cancellationToken) => http.ExpectedVersion(out var problem) is not { } version ? problem
        : await http.ReadAsync(ManagementJson.Default.DocumentOrder, order => DocumentWrite.WriteAsync(http, order.Document ?? string.Empty, order.Reason, version, order.Confirm)).ConfigureAwait(false);

    private static async Task<IResult> Rollback(HttpContext http, CancellationToken cancellationToken) => http.ExpectedVersion(out var problem) is not { } version ? problem
        : await http.ReadAsync(ManagementJson.Default.RollbackOrder, async order =>
        {
            var history = await http.Store().HistoryAsync(cancellationToken).ConfigureAwait(false);
            return history.FirstOrDefault(entry => entry.Number == order.Number) is not { } entry
                ? Problem.Of(StatusCodes.Status404NotFound, "There is no such document", $"The history has no number {order.Number}; GET policy/history lists those it has.")
                : await DocumentWrite.WriteAsync(http, entry.Document, Reason(order.Reason, $"Rolled back to {entry.Number}."), version, order.Confirm).ConfigureAwait(false);
        }).ConfigureAwait(false);

    private static async Task<IResult> Confirm(HttpContext http, CancellationToken cancellationToken) => http.ExpectedVersion(out var problem) is not { } version ? problem
        : await http.ReadAsync(ManagementJson.Default.FingerprintOrder, async order =>
        {
            // What is written may be held by another gate, and not by this one.
            var stored = await http.Store().ReadAsync(cancellationToken).ConfigureAwait(false);
            var isWritten = (await http.Store().DraftAsync(stored.Document, cancellationToken).ConfigureAwait(false)).Fingerprint == order.Fingerprint;
            return isWritten && (http.FleetIfAny() is not null || http.Gate().Status.Holds.Any(hold => hold.Fingerprint == order.Fingerprint))
                ? await DocumentWrite.WriteAsync(http, stored.Document, Reason(order.Reason, $"Confirmed {order.Fingerprint}."), version, order.Fingerprint).ConfigureAwait(false)
                : await OrderAsync(http, stored, new HoldOrder { Fingerprint = order.Fingerprint ?? string.Empty, IsConfirmed = true }).ConfigureAwait(false);
        }).ConfigureAwait(false);

    private static async Task<IResult> Withdraw(HttpContext http, CancellationToken cancellationToken) => http.ExpectedVersion(out var problem) is not { } version ? problem
        : await http.ReadAsync(ManagementJson.Default.FingerprintOrder, async order =>
        {
            var stored = await http.Store().ReadAsync(cancellationToken).ConfigureAwait(false);
            return await FindBeforeAsync(http, stored, order.Fingerprint ?? string.Empty, cancellationToken).ConfigureAwait(false) is { } before
                ? await DocumentWrite.WriteAsync(http, before, Reason(order.Reason, $"Withdrew {order.Fingerprint}."), version).ConfigureAwait(false)
                : await OrderAsync(http, stored, new HoldOrder { Fingerprint = order.Fingerprint ?? string.Empty }).ConfigureAwait(false);
        }).ConfigureAwait(false);

    // The document before the one that is held: the newest that says what is in force where it is held. There is none when what
    // is held is not the document, or only a rule of it that is held at its beginning.
    private static async Task<string?> FindBeforeAsync(HttpContext http, StoredPolicy stored, string fingerprint, CancellationToken cancellationToken)
    {
        var inForce = (await http.Fleet().ReadAsync(cancellationToken).ConfigureAwait(false)).Gates
            .Where(gate => gate.State == FleetGateState.Held && gate.Detail.Contains(fingerprint, StringComparison.Ordinal) && gate.Fingerprint != fingerprint)
            .Select(gate => gate.Fingerprint)
            .ToHashSet();
        if (inForce.Count == 0 || await NameAsync(stored.Document).ConfigureAwait(false) != fingerprint)
        {
            return null;
        }

        foreach (var earlier in (await http.Store().HistoryAsync(cancellationToken).ConfigureAwait(false)).Select(entry => entry.Document).Append("{ \"MapiGate\": { } }"))
        {
            if (inForce.Contains(await NameAsync(earlier).ConfigureAwait(false)))
            {
                return earlier;
            }
        }

        return null;

        async Task<string> NameAsync(string document) => (await http.Store().DraftAsync(document, cancellationToken).ConfigureAwait(false)).Fingerprint;
    }

    // Whoever holds it, be it several gates.
    private static async Task<IResult> OrderAsync(HttpContext http, StoredPolicy stored, HoldOrder order)
    {
        var done = await http.AskAsync(order).ConfigureAwait(false);
        var held = done.Answers.Values.Where(answer => answer.WasHeld).ToList();
        if (held.Count == 0)
        {
            return Problem.Of(StatusCodes.Status409Conflict, "That change is not held", "It was dealt with, or another is held; look at the status and the gates again."
                + string.Concat(done.Missing.Take(5).Select(gap => $" {gap.Gate} gave no answer.")));
        }

        var receipts = held.Select(answer => answer.Receipt).OfType<ReceiptRow>().ToList();
        var receipt = receipts.Count > 0 ? receipts.Sum() : null;
        if (receipt is null)
        {
            AuditLog.Withdrawn(http.Audit(), http.Author(), order.Fingerprint, http.Address());
        }
        else
        {
            AuditLog.Confirmed(http.Audit(), http.Author(), order.Fingerprint, http.Address(), receipt.Text);
        }

        return TypedResults.Json(new WriteAnswer(stored.Version, receipt, stored.Document), ManagementJson.Default.WriteAnswer);
    }

    private static string Reason(string? given, string otherwise) => string.IsNullOrWhiteSpace(given) ? otherwise : given;
}
