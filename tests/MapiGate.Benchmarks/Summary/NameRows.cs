namespace MapiGate.Benchmarks;

/// <summary>Judging a name, against a frozen set.</summary>
internal static class NameRows
{
    private const int Rounds = 20;

    public static IEnumerable<SummaryRow> Measure()
    {
        foreach (var entries in new[] { 5, 50, 1000 })
        {
            foreach (var hits in new[] { true, false })
            {
                var load = new NameLoad(entries, hits);
                var times = Pairs.Measure(() => Time(load, load.JudgeAll), () => Time(load, load.LookUpAll), pairs: 501);
                yield return SummaryRow.Of($"judge a name, {entries} entries, {(hits ? "hit" : "miss")}", times, goal: 2.0);
            }
        }

        yield return Allocation();
    }

    private static double Time(NameLoad load, Func<int> work) => Clock.Time(() =>
    {
        for (var i = 0; i < Rounds; i++)
        {
            work();
        }
    }) / Rounds / load.Count;

    private static SummaryRow Allocation()
    {
        var load = new NameLoad(entries: 50, hits: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        load.JudgeAll();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new SummaryRow("judge a name, bytes allocated", Figure.Bytes(allocated), Goal: "0 B", IsMet: allocated == 0);
    }
}
