using System.Collections.Concurrent;

namespace MapiGate.AspNetCore;

/// <summary>The contexts that were ended here and whose seals have not run out: none of them is adopted again.</summary>
internal sealed class EndedContexts(TimeProvider clock)
{
    private readonly ConcurrentDictionary<ContextHash, DateTimeOffset> _until = new();

    public void Add(ContextHash context, TimeSpan life) => _until[context] = clock.GetUtcNow() + life;

    /// <summary>The server has granted a context of this name anew.</summary>
    public void Remove(ContextHash context) => _until.TryRemove(context, out _);

    public bool Contains(ContextHash context) => _until.ContainsKey(context);

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
