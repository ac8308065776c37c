using System.Collections.Concurrent;

namespace MapiGate.Benchmarks;

/// <summary>The floor of <see cref="GateLoad"/>: the same comings and goings in a <see cref="ConcurrentDictionary{TKey, TValue}"/>.</summary>
internal sealed class DictionaryLoad
{
    private readonly MapiClient[] _clients;
    private readonly long[] _ids;
    private readonly DictionaryKeys _keys;
    private long _lastNumber;

    public DictionaryLoad(MapiClient[] clients, DictionaryKeys keys = DictionaryKeys.Consecutive)
    {
        _keys = keys;
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

    /// <summary>Looks at the program of every session, as a change would have to without the gate. Returns how many are Outlook.</summary>
    public int Walk()
    {
        var found = 0;
        foreach (var (_, session) in Sessions)
        {
            found += session.Client.ProcessNames[0].Length == Crowd.Outlook.Length ? 1 : 0;
        }

        return found;
    }

    // SplitMix64: one to one, so that no key comes twice.
    private static long Scatter(long number)
    {
        var z = (ulong)number * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (long)(z ^ (z >> 31));
    }

    private long Add(MapiClient client)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        var id = _keys == DictionaryKeys.Random ? Scatter(number) : number;
        Sessions.TryAdd(id, new FloorSession(client));
        return id;
    }
}
