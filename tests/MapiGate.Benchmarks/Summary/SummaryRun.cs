using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>Measures everything that has a goal, and says whether it is met.</summary>
internal static class SummaryRun
{
    // What needs an empty heap comes before what fills it.
    private static readonly (string Name, Func<IEnumerable<SummaryRow>> Measure)[] Groups =
    [
        ("names", NameRows.Measure),
        ("wildcards", WildcardRows.Measure),
        ("auxiliary", AuxiliaryRows.Measure),
        ("memory", MemoryRows.Measure),
        ("growth", GrowthRows.Measure),
        ("logons", LogonRows.Measure),
        ("quiet", QuietApplyRows.Measure),
        ("disconnects", DisconnectRows.Measure),
        ("callbacks", CallbackRows.Measure),
        ("http", HttpRows.Measure),
    ];

    /// <summary>Runs all groups, or those named.</summary>
    /// <returns>0 if every goal is met, otherwise 1: the exit code.</returns>
    public static int Run(TextWriter output, IReadOnlyCollection<string> names)
    {
        var start = Stopwatch.GetTimestamp();
        var table = new SummaryTable(output);
        var missed = 0;
        table.WriteHead();
        foreach (var row in Groups.Where(group => names.Count == 0 || names.Contains(group.Name)).SelectMany(group => group.Measure()))
        {
            table.Write(row);
            missed += row.IsMet == false ? 1 : 0;
        }

        output.WriteLine($"\n{(missed == 0 ? "All goals are met" : $"Goals missed: {missed}")}, in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s.");
        return missed == 0 ? 0 : 1;
    }
}
