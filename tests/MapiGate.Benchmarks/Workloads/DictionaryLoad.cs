using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace MapiGate.Benchmarks;

/// <summary>
/// The floor of <see cref="GateLoad"/>, by hand: look the name up in a frozen set, ask what time it is, number the session,
/// and keep it in a <see cref="ConcurrentDictionary{TKey, TValue}"/>.
/// </summary>
internal sealed class DictionaryLoad
{
    private readonly FrozenSet<string> _denied = Crowd.Absent.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly MapiClient[] _clients;
    private readonly long[] _ids;
    private long _lastNumber;

    public DictionaryLoad(MapiClient[] clients)
    {
        _clients = clients;
        _ids = [.. clients.Select(Add)];
    }

    public ConcurrentDictionary<long, FloorSession> Sessions { get; } = new();

    public void ReplaceNewest(int count, int worker)
    {
        for (var i = 0; i < count; i++)
        {
            Sessions.TryRemove(Add(_clients[Arrivals.At(i, worker)]), out _);
        }
    }

    public void ReplaceRandom(int count, int worker, int workers)
    {
        var draw = new Draw(worker, workers, _ids.Length);
        for (var i = 0; i < count; i++)
        {
            ref var place = ref _ids[draw.Next()];
            var leaving = place;
            place = Add(_clients[Arrivals.At(i, worker)]);
            Sessions.TryRemove(leaving, out _);
        }
    }

    /// <summary>Looks the program of every session up, as a change would have to without the gate. Returns how many are denied.</summary>
    public int Walk()
    {
        var found = 0;
        foreach (var (_, session) in Sessions)
        {
            found += _denied.Contains(session.Client.ProcessNames[0]) ? 1 : 0;
        }

        return found;
    }

    private long Add(MapiClient client)
    {
        if (_denied.Contains(client.ProcessNames[0]))
        {
            throw new InvalidOperationException(client.ToString());
        }

        var id = Interlocked.Increment(ref _lastNumber);
        Sessions.TryAdd(id, new FloorSession(client, TimeProvider.System.GetUtcNow()));
        return id;
    }
}
