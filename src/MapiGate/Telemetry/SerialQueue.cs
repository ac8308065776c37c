namespace MapiGate;

/// <summary>Runs what is posted on the thread pool, one after the other in the order posted, and never on the caller's thread.</summary>
internal sealed class SerialQueue
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _work = new();
    private bool _isRunning;

    /// <summary>Posts some work; it must not throw.</summary>
    public void Post(Action work)
    {
        lock (_lock)
        {
            _work.Enqueue(work);
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Run(), this, preferLocal: false);
    }

    /// <summary>Waits until what was posted so far has run, at most so long.</summary>
    public void Drain(TimeSpan atMost)
    {
        var done = new TaskCompletionSource();
        Post(done.SetResult);
        done.Task.Wait(atMost);
    }

    private void Run()
    {
        while (TryTake() is { } work)
        {
            work();
        }
    }

    private Action? TryTake()
    {
        lock (_lock)
        {
            _isRunning = _work.TryDequeue(out var work);
            return work;
        }
    }
}
