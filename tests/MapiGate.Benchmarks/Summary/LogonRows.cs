namespace MapiGate.Benchmarks;

/// <summary>Logon and release with a million sessions resident, against the same work by hand.</summary>
internal static class LogonRows
{
    public static IEnumerable<SummaryRow> Measure()
    {
        var clients = Crowd.Create(Crowd.Size);
        var ours = new GateLoad(clients);
        var floor = new DictionaryLoad(clients);
        foreach (var threads in new[] { 1, 2 })
        {
            yield return Compare($"logon + release, newest leaves, {threads} thread(s)", threads, ours.ReplaceNewest, floor.ReplaceNewest);
            yield return Compare(
                $"logon + release, random leaves, {threads} thread(s)",
                threads,
                (count, worker) => ours.ReplaceRandom(count, worker, threads),
                (count, worker) => floor.ReplaceRandom(count, worker, threads));
        }
    }

    private static SummaryRow Compare(string work, int threads, Action<int, int> ours, Action<int, int> floor)
    {
        // Two threads that wake together may share a processor until the system moves one of them, which must not show.
        var (operations, pairs) = threads == 1 ? (4_000, 501) : (300_000, 21);
        return SummaryRow.Of(work, Pairs.Measure(() => Time(ours), () => Time(floor), pairs), goal: 1.0);

        double Time(Action<int, int> replace) => Clock.Time(threads, worker => replace(operations, worker)) / operations;
    }
}
