using System.Collections.Concurrent;

namespace MapiGate.AspNetCore;

/// <summary>The contexts, by their hashes, that were ended here and whose seals have not run out: none of them is adopted again.</summary>
internal sealed class EndedContexts(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public void Add(string context, TimeSpan life) => _until[context] = clock.GetUtcNow() + life;

    /// <summary>The server has granted a context of this name anew.</summary>
    public void Remove(string context) => _until.TryRemove(context, out _);

    public bool Contains(string context) => _until.ContainsKey(context);

    public void ForgetExpired()
    {
        var now = clock.GetUtcNow();
        foreach (var ended in _until)
        {
            if (ended.Value < now)
            {
                _until.TryRemove(ended);
            }
        }
    }
}
