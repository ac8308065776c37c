namespace MapiGate.Benchmarks;

/// <summary>The worst that a pattern and a name can do to each other.</summary>
internal static class WildcardRows
{
    public static IEnumerable<SummaryRow> Measure()
    {
        // A matcher that goes back would try every way to share the name out among the stars: 32,767 to the power of seven.
        var list = ProcessBlocklist.Parse("*a*a*a*a*a*a*b");
        var name = new string('a', short.MaxValue);
        var time = Pairs.Median(Enumerable.Range(0, 101).Select(_ => Clock.Time(() => list.IsBlocked(name))));
        yield return new SummaryRow("judge 32,767 × a by *a*a*a*a*a*a*b", Figure.Time(time), Goal: "≤ 1 ms", IsMet: time <= 1_000_000);
    }
}
