using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>Which programs are on or turned away, and how many of each.</summary>
public sealed record ProgramsQuestion : GateQuestion<GateRows<ProgramRow>>
{
    private const int MostRows = 1000;
    private const int MostVersions = 100;

    private protected override JsonTypeInfo<GateRows<ProgramRow>> Format => GateQuestionJson.Default.GateRowsProgramRow;

    /// <inheritdoc/>
    public override Task<GateRows<ProgramRow>> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var refused = gate.Journal.Refused.ToLookup(refused => refused.Process, StringComparer.OrdinalIgnoreCase);
        var alive = gate.Sessions.CountByProgram().ToLookup(program => ImageOf(program.Key), StringComparer.OrdinalIgnoreCase);
        List<ProgramRow> all =
        [
            .. alive.Select(program => program.Key).Union(refused.Select(program => program.Key), StringComparer.OrdinalIgnoreCase)
                .Select(name => new ProgramRow(
                    name,
                    alive[name].Sum(program => (long)program.Value),
                    refused[name].Sum(client => client.Count),
                    [.. alive[name].GroupBy(program => program.Key.Version?.ToString() ?? string.Empty).Select(version => new CountRow(version.Key, version.Sum(program => (long)program.Value))).OrderByDescending(version => version.Sessions).Take(MostVersions)]))
                .OrderByDescending(program => program.Sessions).ThenByDescending(program => program.Refused).ThenBy(program => program.Process, StringComparer.OrdinalIgnoreCase),
        ];
        return Task.FromResult(new GateRows<ProgramRow>([.. all.Take(MostRows)], all.Count, all.Count > MostRows));
    }

    private protected override GateRows<ProgramRow>? Shorten(GateRows<ProgramRow> answer) => answer.Shorten();

    // As the gate's own counts call it: the file name of the first process name that has one.
    private static string ImageOf(ClientProgram program) => new MapiClient { ProcessNames = program.ProcessNames }.Sanitized().ProcessName ?? string.Empty;
}
