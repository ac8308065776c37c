using System.Collections.Concurrent;

namespace MapiGate.Benchmarks;

/// <summary>The floor of <see cref="GateLoad"/>: the same comings and goings in a <see cref="ConcurrentDictionary{TKey, TValue}"/>.</summary>
internal sealed class DictionaryLoad
{
    private const int CacheLine = 64 / sizeof(long);

    private readonly MapiClient[] _clients;
    private readonly long[] _ids;
    private readonly DictionaryKeys _keys;

    // A worker's next number, each in a cache line of its own: making numbers shall cost the floor nothing.
    private readonly long[] _next = new long[2 * CacheLine];

    public DictionaryLoad(MapiClient[] clients, DictionaryKeys keys = DictionaryKeys.Consecutive)
    {
        _keys = keys;
        _clients = clients;
        _ids = [.. clients.Select(client => Add(client, worker: 0))];
        _next[CacheLine] = int.MaxValue / 2;
    }

    public ConcurrentDictionary<long, FloorSession> Sessions { get; } = new();

    public void ReplaceNewest(int count, int worker)
    {
        for (var i = 0; i < count; i++)
        {
            Sessions.TryRemove(Add(_clients[Arrivals.At(i, worker)], worker), out _);
        }
    }

    public void ReplaceRandom(int count, int worker, int workers)
    {
        var draw = new Draw(worker, workers, _ids.Length);
        for (var i = 0; i < count; i++)
        {
            ref var place = ref _ids[draw.Next()];
            var leaving = place;
            place = Add(_clients[Arrivals.At(i, worker)], worker);
            Sessions.TryRemove(leaving, out _);
        }
    }

    /// <summary>Looks at every session, as a change would have to without the gate. Returns how many have ended.</summary>
    public int Walk()
    {
        var ended = 0;
        foreach (var (_, session) in Sessions)
        {
            ended += session.HasEnded ? 1 : 0;
        }

        return ended;
    }

    // SplitMix64: one to one, so that no key comes twice.
    private static long Scatter(long number)
    {
        var z = (ulong)number * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (long)(z ^ (z >> 31));
    }

    private long Add(MapiClient client, int worker)
    {
        var id = _keys == DictionaryKeys.Random ? Scatter(++_next[worker * CacheLine]) : ++_next[worker * CacheLine];
        Sessions.TryAdd(id, new FloorSession(client));
        return id;
    }
}
