using System.Diagnostics;
using System.Globalization;
using MapiGate.Fleet.Tests.Chaos;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport;
using Xunit.Abstractions;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>Many gates in one process, each with a connection and a document of its own: some here, as many as <c>MAPIGATE_FLEET_GATES</c> asks.</summary>
[Collection(nameof(Alone))]
public class ManyGatesTests(ITestOutputHelper output)
{
    private static readonly int Count = Environment.GetEnvironmentVariable("MAPIGATE_FLEET_GATES") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 20;

    [SkippableFact]
    public async Task Document_ReachesAll_AndAllAnswer()
    {
        NatsServer.SkipIfMissing();
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var chief = await GateHost.StartAsync("chief", cluster.Urls, folder.Of("chief"));
        await chief.BlockAsync("first.exe");
        var before = Megabytes();
        var gates = new GateHost[Count];
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) => gates[number] = await GateHost.StartAsync($"gate-{number}", cluster.Urls, folder.Of($"{number}")));
            await InForceAsync("first.exe");
            var started = TimeProvider.System.GetElapsedTime(start);

            start = TimeProvider.System.GetTimestamp();
            (await chief.BlockAsync("second.exe")).Outcome.Should().Be(PolicyWriteOutcome.Written);
            await InForceAsync("second.exe");
            var inForce = TimeProvider.System.GetElapsedTime(start);
            await Eventually.TrueAsync(async () => (await chief.Fleet.ReadAsync()).Gates.Count(gate => gate.State == FleetGateState.Synced) == Count + 1, TimeSpan.FromSeconds(60), () => "Not all are SYNCED.");
            var receipts = TimeProvider.System.GetElapsedTime(start);

            start = TimeProvider.System.GetTimestamp();
            var answers = await chief.Fleet.AskAsync(new PreviewQuestion { Document = """{ "MapiGate": { "DisableMapiClientProcesses": "third.exe" } }""" }).WithinBounds();
            var preview = TimeProvider.System.GetElapsedTime(start);

            answers.Missing.Should().BeEmpty();
            answers.Answers.Should().HaveCount(Count + 1);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Count} gates: up with the document {started.TotalSeconds:0.0} s, a new one in force everywhere {inForce.TotalMilliseconds:0} ms, seen SYNCED {receipts.TotalMilliseconds:0} ms, preview over all {preview.TotalMilliseconds:0} ms, a gate {(Megabytes() - before) / Count:0.00} MB, server {cluster.Servers[0].ResidentMegabytes:0} MB."));
        }
        finally
        {
            await Parallel.ForEachAsync(gates.Where(gate => gate is not null), async (gate, _) => await gate.DisposeAsync());
        }

        Task InForceAsync(string program) => Eventually.TrueAsync(() => Task.FromResult(gates.All(gate => !gate.Allows(program))), TimeSpan.FromSeconds(60), () => $"{gates.Count(gate => gate.Allows(program))} let {program} in.");
    }

    private static double Megabytes()
    {
        GC.Collect();
        using var own = Process.GetCurrentProcess();
        return own.WorkingSet64 / (1024.0 * 1024);
    }
}
