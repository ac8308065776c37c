using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>
/// Measures two works against each other. On a shared machine one pair says little: the floor against itself scatters
/// from 0.7 to 1.4. So the two take turns, each goes first as often as the other, and the median of the ratios counts.
/// </summary>
internal static class Pairs
{
    // The runtime compiles hot code once more, and better, a second or so after it found it to be hot.
    private const int WarmUps = 2;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);

    /// <param name="ours">Does our work once, and returns what it took.</param>
    /// <param name="floor">Does the floor's work once, and returns what it took, in the same unit.</param>
    /// <param name="pairs">How many. Many short ones tell more than a few long ones: most fall between the moments when another program has the processor.</param>
    public static PairedTimes Measure(Func<double> ours, Func<double> floor, int pairs)
    {
        var start = Stopwatch.GetTimestamp();
        for (var warmUp = 0; warmUp < WarmUps || Stopwatch.GetElapsedTime(start) < WarmUpTime; warmUp++)
        {
            ours();
            floor();
        }

        var taken = new List<(double Ours, double Floor)>();
        for (var pair = 0; pair < pairs; pair++)
        {
            taken.Add(pair % 2 == 0 ? (ours(), floor()) : Swap(floor(), ours()));
        }

        return new PairedTimes(
            Median(taken.Select(pair => pair.Ours)),
            Median(taken.Select(pair => pair.Floor)),
            Median(taken.Select(pair => pair.Ours / pair.Floor)));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static (double, double) Swap(double first, double second) => (second, first);
}
