using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>How long work takes, in nanoseconds.</summary>
internal static class Clock
{
    public static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    /// <summary>Runs the work on so many threads at once, and takes the time from the moment all are ready until the last is done.</summary>
    public static double Time(int threads, Action<int> work)
    {
        if (threads == 1)
        {
            return Time(() => work(0));
        }

        using var start = new Barrier(threads);
        var begun = new long[threads];
        var ended = new long[threads];
        var workers = Enumerable.Range(0, threads).Select(worker => new Thread(() =>
        {
            start.SignalAndWait();
            begun[worker] = Stopwatch.GetTimestamp();
            work(worker);
            ended[worker] = Stopwatch.GetTimestamp();
        })).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return Stopwatch.GetElapsedTime(begun.Min(), ended.Max()).TotalNanoseconds;
    }
}
