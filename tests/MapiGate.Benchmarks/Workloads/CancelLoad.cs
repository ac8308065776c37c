namespace MapiGate.Benchmarks;

/// <summary>
/// So many cancellation sources, each with one callback, in shuffled order like the stores: a program's sessions, and so
/// their sources, lie scattered among the others'. Their callbacks are counted in the order in which they run.
/// </summary>
internal sealed class CancelLoad
{
    private readonly CancellationTokenSource[] _sources;
    private readonly CallbackTally _callbacks;

    public CancelLoad(int count)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        new Random(count).Shuffle(places);
        _callbacks = new CallbackTally(count);
        _sources = new CancellationTokenSource[count];
        foreach (var place in places)
        {
            var source = new CancellationTokenSource();
            source.Token.Register(_callbacks[place]);
            _sources[place] = source;
        }
    }

    /// <summary>Cancels each; the callbacks run on the thread pool.</summary>
    public void CancelAll()
    {
        foreach (var source in _sources)
        {
            _ = source.CancelAsync();
        }
    }

    /// <summary>Waits until the callbacks have run.</summary>
    public void Wait() => _callbacks.Wait();
}
