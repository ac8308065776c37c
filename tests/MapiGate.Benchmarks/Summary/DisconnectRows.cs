namespace MapiGate.Benchmarks;

/// <summary>A change that denies many of a million sessions, nobody listening, against a store into as many objects.</summary>
internal static class DisconnectRows
{
    public static IEnumerable<SummaryRow> Measure()
    {
        Disconnects.WarmUp();
        var clients = Crowd.Create(Crowd.Size);
        var load = new GateLoad(clients);
        var objects = ShuffledObjects(clients);
        foreach (var changes in Disconnects.Of(clients, load))
        {
            var count = changes[0].Count;
            var ours = new Turns<DisconnectLoad>(changes);
            var floor = new Turns<ArraySegment<FloorSession>>([.. Enumerable.Range(0, objects.Length / count).Select(turn => new ArraySegment<FloorSession>(objects, turn * count, count))]);
            var times = Pairs.Measure(() => Deny(ours.Next()), () => Store(floor.Next()), Disconnects.PairsFor(count));
            yield return SummaryRow.Of($"Apply that denies {count:N0} of 1M, each, nobody listening", times, goal: 4.5);
        }
    }

    private static double Deny(DisconnectLoad load)
    {
        PolicyReceipt? receipt = null;
        var time = Clock.Time(() => receipt = load.Deny());
        load.Restore(receipt!);
        return time / load.Count;
    }

    private static double Store(ArraySegment<FloorSession> sessions) => Clock.Time(() =>
    {
        foreach (var session in sessions)
        {
            session.End();
        }
    }) / sessions.Count;

    private static FloorSession[] ShuffledObjects(MapiClient[] clients)
    {
        FloorSession[] sessions = [.. clients.Select(client => new FloorSession(client))];
        new Random(clients.Length).Shuffle(sessions);
        return sessions;
    }
}
