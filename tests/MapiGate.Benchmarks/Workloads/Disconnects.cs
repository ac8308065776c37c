namespace MapiGate.Benchmarks;

/// <summary>The changes that are measured: one program, a hundred, and the one that four in five have.</summary>
internal static class Disconnects
{
    public static IEnumerable<DisconnectLoad> Of(MapiClient[] clients, GateLoad load) =>
    [
        new(clients, load, Crowd.Others[0]),
        new(clients, load, Crowd.Others.Take(100)),
        new(clients, load, Crowd.Outlook),
    ];
}
