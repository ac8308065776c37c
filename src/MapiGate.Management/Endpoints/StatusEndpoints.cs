using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Management;

/// <summary>What the gate is doing: status, programs, refusals, findings, gates.</summary>
internal static class StatusEndpoints
{
    public static void Map(RouteGroupBuilder read)
    {
        read.MapGet("status", GetStatus).Produces<StatusAnswer>();
        read.MapGet("programs", GetPrograms).Produces<IReadOnlyList<ProgramAnswer>>();
        read.MapGet("refused", GetRefused).Produces<IReadOnlyList<RefusedAnswer>>();
        read.MapGet("findings", GetFindings).Produces<IReadOnlyList<FindingAnswer>>();
        read.MapGet("gates", GetGates).Produces<IReadOnlyList<GateAnswer>>();
    }

    private static async Task<StatusAnswer> ReadAsync(HttpContext http)
    {
        var gate = http.Gate();
        var (inForce, status) = (gate.InForce, gate.Status);
        return new StatusAnswer(
            Environment.MachineName,
            http.Now(),
            inForce.Revision,
            inForce.Fingerprint,
            inForce.EffectiveFingerprint,
            inForce.Since,
            !status.IsLastKnownGood && !status.IsByHand,
            status.IsByHand,
            status.Error,
            status.Warning,
            [.. status.Holds.Select(HoldAnswer.Of)],
            gate.Sessions.Count,
            gate.Journal.Refused.Count,
            gate.Findings.Count,
            status.ToString(),
            http.Author(),
            await MayWriteAsync(http).ConfigureAwait(false));
    }

    // Asked of the very policy that a write is asked of: the page shows no button that the server would refuse.
    private static async Task<bool> MayWriteAsync(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<WritePolicy>()?.Name is not { } policy
        || (await http.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(http.User, http, policy).ConfigureAwait(false)).Succeeded;

    private static async Task<IResult> GetStatus(HttpContext http, CancellationToken _) => TypedResults.Json(await ReadAsync(http).ConfigureAwait(false), ManagementJson.Default.StatusAnswer);

    private static IResult GetPrograms(HttpContext http)
    {
        var gate = http.Gate();
        var refused = gate.Journal.Refused.ToLookup(refused => refused.Process, StringComparer.OrdinalIgnoreCase);
        var alive = gate.Sessions.CountByProgram().ToLookup(program => ProgramNames.Image(program.Key.ProcessNames), StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<ProgramAnswer> programs =
        [
            .. alive.Select(program => program.Key).Union(refused.Select(program => program.Key), StringComparer.OrdinalIgnoreCase)
                .Select(name => new ProgramAnswer(
                    name,
                    alive[name].Sum(program => (long)program.Value),
                    refused[name].Sum(client => client.Count),
                    [.. alive[name].GroupBy(program => program.Key.Version?.ToString() ?? string.Empty).Select(version => new CountAnswer(version.Key, version.Sum(program => (long)program.Value))).OrderByDescending(version => version.Sessions).Take(100)]))
                .OrderByDescending(program => program.Sessions).ThenByDescending(program => program.Refused).ThenBy(program => program.Process, StringComparer.OrdinalIgnoreCase)
                .Take(1000),
        ];
        return TypedResults.Json(programs, ManagementJson.Default.IReadOnlyListProgramAnswer);
    }

    private static IResult GetRefused(HttpContext http) => TypedResults.Json([.. http.Gate().Journal.Refused.Select(RefusedAnswer.Of)], ManagementJson.Default.IReadOnlyListRefusedAnswer);

    private static IResult GetFindings(HttpContext http) => TypedResults.Json([.. http.Gate().Findings.Select(FindingAnswer.Of)], ManagementJson.Default.IReadOnlyListFindingAnswer);

    private static async Task<IResult> GetGates(HttpContext http, CancellationToken _)
    {
        var status = await ReadAsync(http).ConfigureAwait(false);
        return TypedResults.Json(
            [new GateAnswer(status.Gate, status.Holds.Count > 0 ? "HELD" : status.Error is null ? "SYNCED" : "REJECTED", status.Revision, status.Fingerprint, status.Sessions, status.Since)],
            ManagementJson.Default.IReadOnlyListGateAnswer);
    }
}
