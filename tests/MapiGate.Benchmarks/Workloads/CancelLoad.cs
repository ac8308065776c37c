namespace MapiGate.Benchmarks;

/// <summary>
/// So many cancellation sources, each with one callback, in shuffled order like the stores: a program's sessions, and so
/// their sources, lie scattered among the others'. Their callbacks are counted in the order in which they run.
/// </summary>
internal sealed class CancelLoad
{
    private readonly CancellationTokenSource[] _sources;

    public CancelLoad(int count)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        new Random(count).Shuffle(places);
        var callbacks = new CallbackTally(count);
        _sources = new CancellationTokenSource[count];
        foreach (var place in places)
        {
            var source = new CancellationTokenSource();
            source.Token.Register(callbacks[place]);
            _sources[place] = source;
        }
    }

    public void CancelAll()
    {
        foreach (var source in _sources)
        {
            source.Cancel();
        }
    }
}
