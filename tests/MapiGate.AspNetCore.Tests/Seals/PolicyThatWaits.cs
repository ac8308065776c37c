using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.Seals;

/// <summary>Lets everybody in, but keeps the first to ask waiting.</summary>
internal sealed class PolicyThatWaits : IConnectionPolicy, IDisposable
{
    private readonly TaskCompletionSource _reached = new();
    private readonly ManualResetEventSlim _goOn = new();

    public Task Reached => _reached.Task;

    public void GoOn() => _goOn.Set();

    public ConnectionVerdict Evaluate(MapiClient client)
    {
        if (_reached.TrySetResult())
        {
            _goOn.WaitHandle.WaitWithinBounds();
        }

        return ConnectionVerdict.Allowed;
    }

    public void Dispose() => _goOn.Dispose();
}
