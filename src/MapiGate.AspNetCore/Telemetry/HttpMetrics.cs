using System.Diagnostics.Metrics;

namespace MapiGate.AspNetCore;

/// <summary>This package's instruments, on the meter <c>MapiGate.AspNetCore</c>.</summary>
internal sealed class HttpMetrics
{
    private readonly Counter<long>? _ungated;
    private long _ungatedCount;

    public HttpMetrics(IMeterFactory? factory) =>
        _ungated = factory?.Create("MapiGate.AspNetCore").CreateCounter<long>(
            "mapigate.http.contexts.ungated", "{context}", "Session Contexts that the server granted by a cookie of a name that the gate does not know.");

    /// <summary>How many clients have got past the gate, because it does not know their cookie's name.</summary>
    public long Ungated => Interlocked.Read(ref _ungatedCount);

    /// <returns>Whether it is the first.</returns>
    public bool ContextUngated()
    {
        var isFirst = Interlocked.Increment(ref _ungatedCount) == 1;
        try
        {
            _ungated?.Add(1);
        }
        catch (Exception)
        {
            // A listener's: an answer is under way here, which it must not tear.
        }

        return isFirst;
    }
}
