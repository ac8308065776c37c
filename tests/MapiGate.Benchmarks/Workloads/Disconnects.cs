using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>The changes that are measured: one program, a hundred, and the one that four in five have.</summary>
internal static class Disconnects
{
    /// <summary>
    /// Makes the runtime compile what changes run for good: a few changes of a large table would be measured as it first
    /// compiles everything, in haste.
    /// </summary>
    public static void WarmUp()
    {
        var clients = Crowd.Create(2_000);
        var load = new DisconnectLoad(clients, new GateLoad(clients), Crowd.Others);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2))
        {
            using var callbacks = new CallbackTally(load.Count);
            load.Listen(callbacks);
            var receipt = load.Deny();
            callbacks.Wait();
            load.Restore(receipt);
            var cancels = new CancelLoad(load.Count);
            cancels.CancelAll();
            cancels.Wait();
        }
    }

    /// <summary>How often to measure a change: the small ones are quick, and noisy.</summary>
    public static int PairsFor(int denied) => denied < 10_000 ? 101 : 15;

    /// <summary>The changes of each size, to be made in turns: a program just put back would still be in the processor's cache.</summary>
    public static IEnumerable<DisconnectLoad[]> Of(MapiClient[] clients, GateLoad load) =>
    [
        [.. Crowd.Others.Skip(5).Take(101).Select(program => new DisconnectLoad(clients, load, program))], // The first five have one client more.
        [new(clients, load, Crowd.Others.Take(100))],
        [new(clients, load, Crowd.Outlook)],
    ];
}
