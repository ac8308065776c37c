namespace MapiGate.Benchmarks;

/// <summary>
/// Counts callbacks until all have run. Sixty-four neighbours share a count, so that what is measured is not threads
/// that wait for each other to count.
/// </summary>
internal sealed class CallbackTally : IDisposable
{
    private const int Neighbours = 64;

    private readonly CountdownEvent _blocks;
    private readonly Action[] _callbacks;

    public CallbackTally(int count)
    {
        _callbacks = [.. Enumerable.Range(0, (count + Neighbours - 1) / Neighbours).Select(block => CountTo(Math.Min(Neighbours, count - (block * Neighbours))))];
        _blocks = new CountdownEvent(_callbacks.Length);
    }

    public bool AllHaveRun => _blocks.IsSet;

    /// <summary>The callback of one of those that are counted.</summary>
    public Action this[int index] => _callbacks[index / Neighbours];

    public void Wait() => _blocks.Wait();

    public void Dispose() => _blocks.Dispose();

    private Action CountTo(int count) => () =>
    {
        if (Interlocked.Decrement(ref count) == 0)
        {
            _blocks.Signal();
        }
    };
}
