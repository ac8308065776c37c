namespace MapiGate.Benchmarks;

/// <summary>Measures what the gate costs an Execute request on Kestrel: the same endpoint with and without it, each in a process of its own.</summary>
internal static class HttpRun
{
    private const int Count = 31;
    private const double Goal = 0.95;

    /// <returns>0 if the goal is met, otherwise 1: the exit code.</returns>
    public static int Run(TextWriter output)
    {
        using var gated = new ServerProcess(isGated: true);
        using var plain = new ServerProcess(isGated: false);
        using var ours = new ExecuteLoad(gated.Endpoint);
        using var floor = new ExecuteLoad(plain.Endpoint);
        ours.WarmUp();
        floor.WarmUp();
        var times = Pairs.Measure(ours.Run, floor.Run, Count);

        // The ratio of rates, where the pairs have times: the other way round.
        var ratio = 1 / times.Ratio;
        var row = new SummaryRow(
            "Execute through UseMapiGate on Kestrel, requests a second", Rate(times.Ours), Rate(times.Floor), Figure.Ratio(ratio), $"≥ {Figure.Ratio(Goal)}", ratio >= Goal);
        var table = new SummaryTable(output);
        table.WriteHead();
        table.Write(row);
        return row.IsMet == true ? 0 : 1;
    }

    private static string Rate(double nanoseconds) => FormattableString.Invariant($"{1e9 / nanoseconds:0}");
}
