namespace MapiGate;

/// <summary>Counts down to the moment when hosts have released every session that one change disconnected.</summary>
internal sealed class ReleaseCountdown
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One is held for the change itself, so that releases that overtake the sweep cannot end the count early.
    private long _outstanding = 1;

    public Task Completion => _completion.Task;

    public void Add(long sessions) => Interlocked.Add(ref _outstanding, sessions);

    public void Signal()
    {
        if (Interlocked.Decrement(ref _outstanding) == 0)
        {
            _completion.SetResult();
        }
    }
}
