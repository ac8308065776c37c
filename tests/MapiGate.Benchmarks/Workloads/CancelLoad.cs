namespace MapiGate.Benchmarks;

/// <summary>
/// So many cancellation sources, each with one callback, in shuffled order like the stores: a program's sessions, and so
/// their sources, lie scattered among the others'.
/// </summary>
internal sealed class CancelLoad
{
    private readonly CancellationTokenSource[] _sources;

    public CancelLoad(int count)
    {
        var callbacks = new CallbackTally(count);
        _sources = new CancellationTokenSource[count];
        for (var i = 0; i < count; i++)
        {
            _sources[i] = new CancellationTokenSource();
            _sources[i].Token.Register(callbacks[i]);
        }

        new Random(count).Shuffle(_sources);
    }

    public void CancelAll()
    {
        foreach (var source in _sources)
        {
            source.Cancel();
        }
    }
}
