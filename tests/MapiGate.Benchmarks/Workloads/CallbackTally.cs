using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>
/// Counts callbacks until all have run. Sixty-four neighbours share a count, so that what is measured is not threads
/// that wait for each other to count.
/// </summary>
internal sealed class CallbackTally : IDisposable
{
    private const int Neighbours = 64;

    private readonly ManualResetEventSlim _allHaveRun = new();
    private readonly Action[] _callbacks;
    private int _blocksLeft;

    public CallbackTally(int count)
    {
        _callbacks = [.. Enumerable.Range(0, (count + Neighbours - 1) / Neighbours).Select(block => CountTo(Math.Min(Neighbours, count - (block * Neighbours))))];
        _blocksLeft = _callbacks.Length;
    }

    public bool AllHaveRun => _allHaveRun.IsSet;

    /// <summary>The timestamp at which the last one ran: whoever waits for that is woken a little later.</summary>
    public long EndedAt { get; private set; }

    /// <summary>The callback of one of those that are counted.</summary>
    public Action this[int index] => _callbacks[index / Neighbours];

    public void Wait() => _allHaveRun.Wait();

    public void Dispose() => _allHaveRun.Dispose();

    private Action CountTo(int count) => () =>
    {
        if (Interlocked.Decrement(ref count) == 0 && Interlocked.Decrement(ref _blocksLeft) == 0)
        {
            EndedAt = Stopwatch.GetTimestamp();
            _allHaveRun.Set();
        }
    };
}
