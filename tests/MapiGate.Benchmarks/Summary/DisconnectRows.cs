namespace MapiGate.Benchmarks;

/// <summary>A change that denies many of a million sessions, nobody listening, against a store into as many objects.</summary>
internal static class DisconnectRows
{
    public static IEnumerable<SummaryRow> Measure()
    {
        Disconnects.WarmUp();
        var clients = Crowd.Create(Crowd.Size);
        var load = new GateLoad(clients);
        var floor = ShuffledObjects(clients);
        foreach (var denied in Disconnects.Of(clients, load))
        {
            var times = Pairs.Measure(() => Deny(denied), () => Store(floor, denied.Count), Disconnects.PairsFor(denied));
            yield return SummaryRow.Of($"Apply that denies {denied.Count:N0} of 1M, each, nobody listening", times, goal: 4.5);
        }
    }

    private static double Deny(DisconnectLoad load)
    {
        PolicyReceipt? receipt = null;
        var time = Clock.Time(() => receipt = load.Deny());
        load.Restore(receipt!);
        return time / load.Count;
    }

    private static double Store(FloorSession[] sessions, int count) => Clock.Time(() =>
    {
        for (var i = 0; i < count; i++)
        {
            sessions[i].End();
        }
    }) / count;

    private static FloorSession[] ShuffledObjects(MapiClient[] clients)
    {
        FloorSession[] sessions = [.. clients.Select(client => new FloorSession(client))];
        new Random(clients.Length).Shuffle(sessions);
        return sessions;
    }
}
