using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MapiGate.Management;

/// <summary>Who is on, and kicks.</summary>
internal static class SessionEndpoints
{
    private const int MostAPage = 1000;
    private const int MostShown = 200;

    public static void Map(RouteGroupBuilder read, RouteGroupBuilder write)
    {
        read.MapGet("sessions", GetSessions).Produces<SessionsAnswer>().Produces<ProblemAnswer>(StatusCodes.Status422UnprocessableEntity);
        write.MapPost("sessions/disconnect", Disconnect).Accepts<KickOrder>("application/json").Produces<KickAnswer>().Produces<ProblemAnswer>(StatusCodes.Status422UnprocessableEntity);
    }

    // By number: a page goes on after the last number seen, so that whoever comes or goes moves nobody to another page.
    private static IResult GetSessions(HttpContext http, string? program, string? user, string? mailbox, string? address, string? version, string? limit, string? after)
    {
        var (chooses, _, errors) = SessionFilter.Read(program, version, mailbox, user, address);
        if (errors.Count > 0)
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, "The filter cannot be read", errors[0], errors);
        }

        var most = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MostAPage) : 100;
        var from = long.TryParse(after, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last) ? last : long.MinValue;
        var found = http.Gate().Sessions.Where(chooses).ToList();
        var page = found.Where(session => session.Id > from).OrderBy(session => session.Id).Take(most + 1).ToList();
        return TypedResults.Json(
            new SessionsAnswer([.. page.Take(most).Select(SessionAnswer.Of)], found.Count, page.Count > most ? page[most - 1].Id : null),
            ManagementJson.Default.SessionsAnswer);
    }

    private static Task<IResult> Disconnect(HttpContext http, CancellationToken cancellationToken) => http.ReadAsync(ManagementJson.Default.KickOrder, order =>
    {
        var (chooses, isStated, errors) = SessionFilter.Read(order.Process, order.Version, order.Mailbox, order.User, order.Address);
        var ids = order.Ids is { Count: > 0 } given ? given.ToHashSet() : null;
        if (errors.Count > 0 || (!isStated && ids is null))
        {
            return Task.FromResult(Problem.Of(StatusCodes.Status422UnprocessableEntity, "Whom?", errors.Count > 0 ? errors[0] : "State ids, or one of process, version, mailbox, user, address.", errors));
        }

        var chosen = http.Gate().Sessions.Where(Which).ToList();
        IReadOnlyList<SessionAnswer> first = [.. chosen.OrderBy(session => session.Id).Take(MostShown).Select(SessionAnswer.Of)];
        if (order.WhatIf == true)
        {
            return Task.FromResult<IResult>(TypedResults.Json(new KickAnswer(true, chosen.Count, null, first), ManagementJson.Default.KickAnswer));
        }

        var reason = string.IsNullOrWhiteSpace(order.Reason) ? $"by {http.Author()}" : ManagementRequest.OneLine(order.Reason);
        var receipt = http.Gate().Disconnect(Which, reason);
        AuditLog.SessionsKicked(http.Audit(), http.Author(), receipt.Disconnected, http.Address(), reason);
        return Task.FromResult<IResult>(TypedResults.Json(new KickAnswer(false, receipt.Disconnected, ReceiptAnswer.Of(receipt), first), ManagementJson.Default.KickAnswer));

        bool Which(SessionInfo session) => (ids is null || ids.Contains(session.Id)) && chooses(session);
    });
}
