using System.Collections.Concurrent;
using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>The slowest of the first million logons: a table that grows by copying itself makes somebody wait.</summary>
internal static class GrowthRows
{
    public static IEnumerable<SummaryRow> Measure()
    {
        var clients = Crowd.Create(Crowd.Size);
        var times = Pairs.Measure(() => GrowGate(clients), () => GrowDictionary(clients), pairs: 5);
        yield return new SummaryRow("slowest logon while growing from 0 to 1M", Figure.Time(times.Ours), Figure.Time(times.Floor), Figure.Ratio(times.Ratio));
    }

    private static double GrowGate(MapiClient[] clients)
    {
        var gate = new Gatekeeper(ConnectionPolicy.AllowAll);
        return Slowest(clients, client => gate.TryLogon(client, out _, out _));
    }

    private static double GrowDictionary(MapiClient[] clients)
    {
        var dictionary = new ConcurrentDictionary<long, FloorSession>();
        var next = 0L;
        return Slowest(clients, client => dictionary.TryAdd(++next, new FloorSession(client)));
    }

    private static double Slowest(MapiClient[] clients, Action<MapiClient> logon)
    {
        // What the side before left behind is not this side's to collect.
        GC.Collect();
        var slowest = 0L;
        foreach (var client in clients)
        {
            var start = Stopwatch.GetTimestamp();
            logon(client);
            slowest = Math.Max(slowest, Stopwatch.GetTimestamp() - start);
        }

        return slowest * 1e9 / Stopwatch.Frequency;
    }
}
