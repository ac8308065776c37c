namespace MapiGate.Benchmarks;

/// <summary>One proxy's figures, round by round, or the server's own.</summary>
internal sealed class ProxyRun(string name, Func<TimeSpan> processorTime, ExecuteLoad load)
{
    private const int Seconds = 2;

    private readonly List<double> _rates = [];
    private readonly List<double> _slowest = [];
    private readonly List<double> _processor = [];

    public string Name => name;

    /// <summary>Requests a second, for each round.</summary>
    public IReadOnlyList<double> Rates => _rates;

    /// <summary>The 99th percentile of the time to an answer, in nanoseconds.</summary>
    public IReadOnlyList<double> Slowest => _slowest;

    /// <summary>Processor time for each request, in nanoseconds.</summary>
    public IReadOnlyList<double> Processor => _processor;

    public void WarmUp() => load.WarmUp();

    public void Measure()
    {
        var before = processorTime();
        var report = load.Measure(Seconds);
        _rates.Add(report.PerSecond);
        _slowest.Add(report.SlowestOfHundred);
        _processor.Add((processorTime() - before).TotalNanoseconds / report.Requests);
    }

    /// <summary>The median of the ratios to another's, round by round.</summary>
    public static double Ratio(IReadOnlyList<double> ours, IReadOnlyList<double> theirs) => Pairs.Median(ours.Zip(theirs, static (one, other) => one / other));
}
