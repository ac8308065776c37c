namespace MapiGate;

/// <summary>Runs what is posted on the thread pool, one after the other in the order posted, and never on the caller's thread.</summary>
internal sealed class SerialQueue
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Posts some work; it must not throw.</summary>
    public void Post(Action work)
    {
        lock (_lock)
        {
            _last = _last.ContinueWith(
                static (_, state) => ((Action)state!)(),
                work,
                CancellationToken.None,
                TaskContinuationOptions.DenyChildAttach,
                TaskScheduler.Default);
        }
    }

    /// <summary>Waits until what was posted so far has run, at most so long.</summary>
    public void Drain(TimeSpan atMost)
    {
        Task last;
        lock (_lock)
        {
            last = _last;
        }

        last.Wait(atMost);
    }
}
