using MapiGate.TestSupport;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>A host's own policy, that judges nobody before it is told to.</summary>
internal sealed class HeldPolicy : IConnectionPolicy, IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEvent _released = new(false);

    /// <summary>Ends when somebody is to be judged.</summary>
    public Task Asked => _asked.Task;

    public void Release() => _released.Set();

    public ConnectionVerdict Evaluate(MapiClient client)
    {
        _asked.TrySetResult();
        _released.WaitWithinBounds();
        return ConnectionVerdict.Allowed;
    }

    public void Dispose() => _released.Dispose();
}
