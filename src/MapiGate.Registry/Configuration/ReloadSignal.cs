using Microsoft.Extensions.Primitives;

namespace MapiGate.Registry;

/// <summary>Tells whoever listens that the configuration changed.</summary>
#pragma warning disable CA1001 // A token source without a timer holds nothing to dispose of.
internal sealed class ReloadSignal
#pragma warning restore CA1001
{
    private CancellationTokenSource _source = new();

    /// <summary>A token for the next change.</summary>
    public IChangeToken Token => new CancellationChangeToken(Volatile.Read(ref _source).Token);

    public void Raise()
    {
        var source = Interlocked.Exchange(ref _source, new CancellationTokenSource());
        try
        {
            source.Cancel();
        }
#pragma warning disable CA1031 // A listener's failure is its own to report; here it would end the process, or the watch.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
