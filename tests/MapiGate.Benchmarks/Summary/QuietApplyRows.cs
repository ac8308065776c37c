namespace MapiGate.Benchmarks;

/// <summary>A change that denies nobody, with few sessions and with many, against a walk over the many.</summary>
internal static class QuietApplyRows
{
    private const int Changes = 500;

    public static IEnumerable<SummaryRow> Measure()
    {
        var clients = Crowd.Create(Crowd.Size);
        var floor = new DictionaryLoad(clients);
        var many = new GateLoad(clients).Gate;
        var few = new GateLoad([.. clients.Take(10_000)]).Gate;
        yield return SummaryRow.Of(
            "Apply that denies nobody, 1M sessions, against a walk over them",
            Pairs.Measure(() => Time(many), () => Clock.Time(() => floor.Walk()), pairs: 51),
            goal: 1.0 / 5_000);
        yield return SummaryRow.Of(
            "Apply that denies nobody, 1M sessions, against 10 thousand",
            Pairs.Measure(() => Time(many), () => Time(few), pairs: 201),
            goal: 1.5);
    }

    private static double Time(Gatekeeper gate)
    {
        var policies = new[] { Policies.Denying(Crowd.Absent), Policies.Denying(Crowd.Absent.Take(4)) };
        return Clock.Time(() =>
        {
            for (var i = 0; i < Changes; i++)
            {
                gate.Apply(policies[i & 1]);
            }
        }) / Changes;
    }
}
