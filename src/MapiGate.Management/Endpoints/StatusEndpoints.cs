using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Management;

/// <summary>What the gate is doing: status, programs, refusals, findings, gates.</summary>
internal static class StatusEndpoints
{
    private const int MostRows = 1000;

    public static void Map(RouteGroupBuilder read)
    {
        read.MapGet("status", GetStatus).Produces<StatusAnswer>();
        read.MapGet("programs", GetPrograms).Produces<IReadOnlyList<ProgramAnswer>>();
        read.MapGet("refused", GetRefused).Produces<IReadOnlyList<RefusedRow>>();
        read.MapGet("findings", GetFindings).Produces<IReadOnlyList<FindingAnswer>>();
        read.MapGet("gates", GetGates).Produces<IReadOnlyList<GateAnswer>>();
    }

    private static async Task<StatusAnswer> ReadAsync(HttpContext http)
    {
        var gate = http.Gate();
        var (inForce, status) = (gate.InForce, gate.Status);
        return new StatusAnswer(
            http.Fleet().GateName,
            http.Now(),
            inForce.Revision,
            inForce.Fingerprint,
            inForce.EffectiveFingerprint,
            inForce.Since,
            !status.IsLastKnownGood && !status.IsByHand,
            status.IsByHand,
            status.Error,
            status.Warning,
            [.. status.Holds.Select(HoldRow.Of)],
            gate.Sessions.Count,
            gate.Journal.Refused.Count,
            gate.Findings.Count,
            status.ToString(),
            http.Author(),
            await MayWriteAsync(http).ConfigureAwait(false));
    }

    // Asked of the very policy that a write is asked of: the page shows no button that the server would refuse.
    private static async Task<bool> MayWriteAsync(HttpContext http) =>
        http.Fleet().MayOrder && (http.GetEndpoint()?.Metadata.GetMetadata<WritePolicy>()?.Name is not { } policy
        || (await http.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(http.User, http, policy).ConfigureAwait(false)).Succeeded);

    private static async Task<IResult> GetStatus(HttpContext http, CancellationToken _) => TypedResults.Json(await ReadAsync(http).ConfigureAwait(false), ManagementJson.Default.StatusAnswer);

    private static async Task<IResult> GetPrograms(HttpContext http, CancellationToken _)
    {
        var asked = await http.AskAsync(new ProgramsQuestion()).ConfigureAwait(false);
        IReadOnlyList<ProgramAnswer> programs =
        [
            .. asked.Answers.SelectMany(answer => answer.Value.Rows.Select(row => (Gate: answer.Key, Row: row)))
                .GroupBy(program => program.Row.Process, StringComparer.OrdinalIgnoreCase)
                .Select(same => new ProgramAnswer(
                    same.First().Row.Process,
                    same.Sum(program => program.Row.Sessions),
                    same.Sum(program => program.Row.Refused),
                    same.SelectMany(program => program.Row.Versions).Sum(),
                    same.Where(program => program.Row.Sessions > 0).Select(program => new CountRow(program.Gate, program.Row.Sessions)).Sum()))
                .OrderByDescending(program => program.Sessions).ThenByDescending(program => program.Refused).ThenBy(program => program.Process, StringComparer.OrdinalIgnoreCase)
                .Take(MostRows),
        ];
        return TypedResults.Json(programs, ManagementJson.Default.IReadOnlyListProgramAnswer);
    }

    private static async Task<IResult> GetRefused(HttpContext http, CancellationToken _)
    {
        var asked = await http.AskAsync(new RefusedQuestion()).ConfigureAwait(false);
        return TypedResults.Json(
            [.. asked.Answers.SelectMany(answer => answer.Value.Rows.Select(row => row with { Gate = answer.Key })).OrderByDescending(row => row.Last).Take(MostRows)],
            ManagementJson.Default.IReadOnlyListRefusedRow);
    }

    private static IResult GetFindings(HttpContext http) => TypedResults.Json([.. http.Gate().Findings.Select(FindingAnswer.Of)], ManagementJson.Default.IReadOnlyListFindingAnswer);

    private static async Task<IResult> GetGates(HttpContext http, CancellationToken cancellationToken)
    {
        var status = await http.Fleet().ReadAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Json([.. status.Gates.Select(GateAnswer.Of)], ManagementJson.Default.IReadOnlyListGateAnswer);
    }
}
