using System.ComponentModel;

namespace MapiGate.Benchmarks;

/// <summary>What the gate costs an Execute request on Kestrel: the same endpoint with and without it, each in a process of its own.</summary>
internal static class HttpRows
{
    private const string Work = "Execute through UseMapiGate on Kestrel, requests a second";
    private const string Allocation = "  bytes allocated by an Execute";
    private const int PairsCount = 31;
    private const double Goal = 0.95;

    public static IEnumerable<SummaryRow> Measure()
    {
        using var gated = new ServerProcess(isGated: true);
        using var plain = new ServerProcess(isGated: false);
        using var ours = new ExecuteLoad(gated.Endpoint);
        using var floor = new ExecuteLoad(plain.Endpoint);
        var row = Compare(ours, floor);
        return row.Ours.Length == 0 ? [row] : [row, new SummaryRow(Allocation, Figure.Bytes(PerRequest(gated, ours)), Figure.Bytes(PerRequest(plain, floor)))];
    }

    private static double PerRequest(ServerProcess server, ExecuteLoad load)
    {
        var before = server.Allocated();
        load.Run();
        var after = server.Allocated();
        return (double)(after.Bytes - before.Bytes) / (after.Requests - before.Requests);
    }

    private static SummaryRow Compare(ExecuteLoad ours, ExecuteLoad floor)
    {
        try
        {
            ours.WarmUp();
            floor.WarmUp();
            var times = Pairs.Measure(ours.Run, floor.Run, PairsCount);

            // The ratio of rates, where the pairs have times: the other way round.
            var ratio = 1 / times.Ratio;
            return new SummaryRow(Work, Rate(times.Ours), Rate(times.Floor), Figure.Ratio(ratio), $"≥ {Figure.Ratio(Goal)}", ratio >= Goal);
        }
        catch (Win32Exception)
        {
            return new SummaryRow($"{Work}: needs wrk (apt-get install wrk)", Ours: string.Empty, Goal: $"≥ {Figure.Ratio(Goal)}", IsMet: false);
        }
    }

    private static string Rate(double nanoseconds) => FormattableString.Invariant($"{1e9 / nanoseconds:0}");
}
