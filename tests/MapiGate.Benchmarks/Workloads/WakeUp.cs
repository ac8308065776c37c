using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>How long it takes from the word to a waiting thread until it runs: what no callback on another thread can do without.</summary>
internal static class WakeUp
{
    private const int Count = 101;

    // Long enough for the thread to have stopped looking for the word by itself.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(2);

    /// <returns>Nanoseconds, in the median.</returns>
    public static double Measure()
    {
        var monitor = new object();
        var times = new List<double>();
        var said = 0L;
        var sleeper = new Thread(() =>
        {
            lock (monitor)
            {
                while (times.Count < Count)
                {
                    Monitor.Wait(monitor);
                    times.Add(Stopwatch.GetElapsedTime(said).TotalNanoseconds);
                }
            }
        });
        sleeper.Start();
        while (sleeper.IsAlive)
        {
            sleeper.Join(Rest);
            lock (monitor)
            {
                said = Stopwatch.GetTimestamp();
                Monitor.Pulse(monitor);
            }
        }

        return Pairs.Median(times);
    }
}
