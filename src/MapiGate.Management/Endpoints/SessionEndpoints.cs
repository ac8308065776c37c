using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MapiGate.Management;

/// <summary>Who is on in all gates, and kicks.</summary>
internal static class SessionEndpoints
{
    private const int MostShown = 200;

    public static void Map(RouteGroupBuilder read, RouteGroupBuilder write)
    {
        read.MapGet("sessions", GetSessions).Produces<SessionsAnswer>().Produces<ProblemAnswer>(StatusCodes.Status422UnprocessableEntity);
        write.MapPost("sessions/disconnect", Disconnect).Accepts<KickOrder>("application/json").Produces<KickAnswer>().Produces<ProblemAnswer>(StatusCodes.Status422UnprocessableEntity);
    }

    // By number: a page goes on after the last number seen, so that whoever comes or goes moves nobody to another page.
    private static async Task<IResult> GetSessions(HttpContext http, string? program, string? user, string? mailbox, string? address, string? version, string? gate, string? limit, string? after)
    {
        var which = new SessionConditions { Process = program, Version = version, Mailbox = mailbox, User = user, Address = address };
        if (which.Read(out _) is { Count: > 0 } errors)
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, "The filter cannot be read", errors[0], errors);
        }

        var most = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, SessionsQuestion.MostRows) : 100;
        var from = long.TryParse(after, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last) ? last : long.MinValue;
        var found = await http.AskAsync(new SessionsQuestion { Which = which, After = from, Limit = most }, Name(gate)).ConfigureAwait(false);
        var (page, next) = SessionPage.Of(found.Answers, most);
        return TypedResults.Json(
            new SessionsAnswer(page, found.Answers.Values.Sum(answer => answer.Total), next, found.Missing),
            ManagementJson.Default.SessionsAnswer);
    }

    private static Task<IResult> Disconnect(HttpContext http, CancellationToken cancellationToken) => http.ReadAsync(ManagementJson.Default.KickOrder, async order =>
    {
        var which = new SessionConditions { Process = order.Process, Version = order.Version, Mailbox = order.Mailbox, User = order.User, Address = order.Address };
        var (errors, ids) = (which.Read(out _), order.Ids is { Count: > 0 } given ? given : null);
        if (errors.Count > 0 || (!which.AreStated() && ids is null))
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, "Whom?", errors.Count > 0 ? errors[0] : "State ids, or one of process, version, mailbox, user, address.", errors);
        }

        if (ids is not null && Name(order.Gate) is null && http.FleetIfAny() is not null)
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, "In which gate?", "A session's number is its gate's own: state gate beside ids, as sessions shows it.");
        }

        if (order.WhatIf == true)
        {
            var would = await http.AskAsync(new SessionsQuestion { Which = which, Ids = ids, Limit = MostShown }, Name(order.Gate)).ConfigureAwait(false);
            return TypedResults.Json(
                new KickAnswer(true, would.Answers.Values.Sum(answer => answer.Total), null, SessionPage.Of(would.Answers, MostShown).Page, Counts(would, answer => answer.Total), would.Missing),
                ManagementJson.Default.KickAnswer);
        }

        var reason = string.IsNullOrWhiteSpace(order.Reason) ? $"by {http.Author()}" : ManagementRequest.OneLine(order.Reason);
        // The other gates' logs know the author by this alone.
        var told = http.FleetIfAny() is { } fleet ? $"by {http.Author()} at {fleet.GateName}: {reason}" : reason;
        var done = await http.AskAsync(new DisconnectOrder { Which = which, Ids = ids, Reason = told, Limit = MostShown }, Name(order.Gate)).ConfigureAwait(false);
        var receipt = done.Answers.Values.Select(answer => answer.Receipt).Sum();
        AuditLog.SessionsKicked(http.Audit(), http.Author(), receipt.Disconnected, http.Address(), reason);
        return TypedResults.Json(
            new KickAnswer(
                false,
                receipt.Disconnected,
                receipt,
                SessionPage.Of(done.Answers.ToDictionary(answer => answer.Key, answer => new GateRows<SessionRow>(answer.Value.First, 0, HasMore: false)), MostShown).Page,
                Counts(done, answer => answer.Receipt.Disconnected),
                done.Missing),
            ManagementJson.Default.KickAnswer);
    });

    private static string? Name(string? gate) => string.IsNullOrWhiteSpace(gate) ? null : gate.Trim();

    private static IReadOnlyList<CountRow> Counts<TAnswer>(FleetAnswers<TAnswer> asked, Func<TAnswer, long> count) =>
        [.. asked.Answers.Select(answer => new CountRow(answer.Key, count(answer.Value))).Where(gate => gate.Sessions > 0).OrderByDescending(gate => gate.Sessions)];
}
