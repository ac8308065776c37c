using System.Collections.Concurrent;

namespace MapiGate.Benchmarks;

/// <summary>Memory of a million resident sessions, and of the table that holds them, against a concurrent dictionary's.</summary>
internal static class MemoryRows
{
    private const double MaxBytesOfSession = 160;

    public static IEnumerable<SummaryRow> Measure()
    {
        var clients = Crowd.Create(Crowd.Size);
        var (session, ours) = MeasureGate(clients);
        var floor = MeasureDictionary(clients);
        yield return SummaryRow.Of("memory of the table, each of 1M sessions", new PairedTimes(ours, floor, ours / floor), goal: 0.52, Figure.Bytes);
        yield return new SummaryRow(
            "memory of a session, token unread, table included, client aside",
            Figure.Bytes(session),
            Goal: $"≤ {Figure.Bytes(MaxBytesOfSession)}",
            IsMet: session <= MaxBytesOfSession);
    }

    // The session objects are the gate's own, so they cannot be made beforehand; but they can outlive their stay in the
    // table. What a million logons add is the table and the objects; what is there once all were released, and still
    // held here, is the objects and whatever the table does not give back; once let go of, the latter alone.
    private static (double Session, double Table) MeasureGate(MapiClient[] clients)
    {
        var sessions = new MapiSession[clients.Length];
        var gate = new Gatekeeper(ConnectionPolicy.AllowAll);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < clients.Length; i++)
        {
            gate.TryLogon(clients[i], out sessions[i]!, out _);
        }

        var resident = GC.GetTotalMemory(forceFullCollection: true);
        Array.ForEach(sessions, session => session.Dispose());
        var released = GC.GetTotalMemory(forceFullCollection: true);
        Array.Clear(sessions);
        var left = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(sessions);
        GC.KeepAlive(gate);
        return (PerSession(resident - before), PerSession(resident - released + left));
    }

    private static double MeasureDictionary(MapiClient[] clients)
    {
        FloorSession[] sessions = [.. clients.Select(client => new FloorSession(client))];
        var dictionary = new ConcurrentDictionary<long, FloorSession>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < sessions.Length; i++)
        {
            dictionary.TryAdd(i, sessions[i]);
        }

        var resident = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(dictionary);
        GC.KeepAlive(sessions);
        return PerSession(resident - before);
    }

    private static double PerSession(long bytes) => (double)bytes / Crowd.Size;
}
