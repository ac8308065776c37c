namespace MapiGate.Benchmarks;

/// <summary>A gate with a list of five programs, a session for each client of a crowd that has none of them, and the two ways in which sessions come and go.</summary>
internal sealed class GateLoad
{
    private readonly MapiClient[] _clients;

    public GateLoad(MapiClient[] clients)
    {
        _clients = clients;
        Gate = new Gatekeeper(Policies.Denying(Crowd.Absent));
        Sessions = new MapiSession[clients.Length];

        // On every processor, as in a server: each keeps the sessions that logged on there.
        Parallel.For(0, clients.Length, i => Sessions[i] = Logon(clients[i]));
    }

    public Gatekeeper Gate { get; }

    /// <summary>The session of each client, by the client's place in the crowd.</summary>
    public MapiSession[] Sessions { get; }

    public MapiSession Logon(MapiClient client) =>
        Gate.TryLogon(client, out var session, out var verdict) ? session : throw new InvalidOperationException(verdict.ToString());

    /// <summary>Each logon is followed by the release of the same session.</summary>
    public void ReplaceNewest(int count, int worker)
    {
        for (var i = 0; i < count; i++)
        {
            Logon(_clients[Arrivals.At(i, worker)]).Dispose();
        }
    }

    /// <summary>Each logon is followed by the release of a session that is anywhere in the worker's part of the table.</summary>
    public void ReplaceRandom(int count, int worker, int workers)
    {
        var draw = new Draw(worker, workers, Sessions.Length);
        for (var i = 0; i < count; i++)
        {
            ref var place = ref Sessions[draw.Next()];
            var leaving = place;
            place = Logon(_clients[Arrivals.At(i, worker)]);
            leaving.Dispose();
        }
    }
}
