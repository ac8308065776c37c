namespace MapiGate.Benchmarks;

/// <summary>One line of the summary. Without <see cref="IsMet"/> it only informs.</summary>
internal sealed record SummaryRow(string Work, string Ours, string Floor = "", string Ratio = "", string Goal = "", bool? IsMet = null)
{
    /// <summary>A ratio of times and the most it may be.</summary>
    public static SummaryRow Of(string work, PairedTimes times, double goal) =>
        Of(work, times, goal, Figure.Time);

    public static SummaryRow Of(string work, PairedTimes figures, double goal, Func<double, string> format) =>
        new(work, format(figures.Ours), format(figures.Floor), Figure.Ratio(figures.Ratio), $"≤ {Figure.Ratio(goal)}", figures.Ratio <= goal);
}
