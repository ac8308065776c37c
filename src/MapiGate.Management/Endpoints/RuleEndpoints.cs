using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MapiGate.Management;

/// <summary>Blocks and unblocks: edits of the document.</summary>
internal static class RuleEndpoints
{
    public static void Map(RouteGroupBuilder write)
    {
        PolicyEndpoints.Changing(write.MapPost("rules", Block).Accepts<BlockOrder>("application/json").Produces<PreviewAnswer>(StatusCodes.Status202Accepted));
        PolicyEndpoints.Changing(write.MapDelete("rules/{name}", Unblock).Produces<ProblemAnswer>(StatusCodes.Status404NotFound));
    }

    // With WhatIf nothing is written, and the answer is a preview, by 202.
    private static Task<IResult> Block(HttpContext http, CancellationToken cancellationToken) => http.ReadAsync(ManagementJson.Default.BlockOrder, async order =>
    {
        if (order.ForSeconds is { } seconds && (seconds is not (> 0 and < 1e9) || order.Until is not null))
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, "Until when?", "State either until or forSeconds, which is more than 0.");
        }

        if (new[] { order.Process, order.Version, order.Mailbox, order.User, order.Address }.All(string.IsNullOrWhiteSpace))
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, "Whom?", "State one of process, version, mailbox, user, address: a rule that states nothing denies nobody.");
        }

        var until = order.ForSeconds is { } length ? http.Now().AddSeconds(length) : order.Until;
        var stored = await http.Store().ReadAsync(cancellationToken).ConfigureAwait(false);
        if (Edit(stored) is not { } editor)
        {
            return Unreadable();
        }

        if (order.Name is { } name && editor.HasRule(name.Trim()))
        {
            return Problem.Of(StatusCodes.Status409Conflict, "There is such a rule", $"A rule \"{name.Trim()}\" is there already; give this one another name, or unblock that one first.");
        }

        editor.AddRule(order, until);
        if (order.WhatIf == true)
        {
            return TypedResults.Json(await DocumentPreview.ReadAsync(http, editor.ToString()).ConfigureAwait(false), ManagementJson.Default.PreviewAnswer, statusCode: StatusCodes.Status202Accepted);
        }

        return http.ExpectedVersion(out var problem) is { } version ? await DocumentWrite.WriteAsync(http, editor.ToString(), order.Reason, version, order.Confirm).ConfigureAwait(false) : problem;
    });

    private static async Task<IResult> Unblock(HttpContext http, string name, string? reason, CancellationToken cancellationToken)
    {
        if (http.ExpectedVersion(out var problem) is not { } version)
        {
            return problem;
        }

        // Of all that an address may hold escaped, the server leaves the slash as it came.
        name = name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var stored = await http.Store().ReadAsync(cancellationToken).ConfigureAwait(false);
        if (Edit(stored) is not { } editor)
        {
            return Unreadable();
        }

        if (editor.Remove(name))
        {
            return await DocumentWrite.WriteAsync(http, editor.ToString(), string.IsNullOrWhiteSpace(reason) ? $"Unblocked {name}." : reason, version).ConfigureAwait(false);
        }

        return http.Gate().InForce.Rules.FirstOrDefault(rule => rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } elsewhere
            ? Problem.Of(StatusCodes.Status409Conflict, "Another source holds it", $"{elsewhere.Key} \"{elsewhere.Name}\" stands in {elsewhere.Source ?? "code"}, not in this document; take it out there.")
            : Problem.Of(StatusCodes.Status404NotFound, "There is no such rule", $"Neither a rule nor an entry of a list is called \"{name}\"; GET policy lists them.");
    }

    private static DocumentEditor? Edit(StoredPolicy stored)
    {
        try
        {
            return new DocumentEditor(stored.Document);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IResult Unreadable() => Problem.Of(StatusCodes.Status409Conflict, "The document cannot be read", "Somebody has edited it by hand and left it broken; repair it, or roll back.");
}
