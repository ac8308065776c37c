using System.Globalization;
using MapiGate.Fleet.Tests.Gates;
using MapiGate.Fleet.Tests.Servers;
using Xunit.Abstractions;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Random writes, partitions and restarts: no gate ever goes back, and once it is quiet all are equal and the newest.</summary>
/// <remarks>For some twenty seconds, or as many minutes as <c>MAPIGATE_FLEET_MINUTES</c> asks; the seed is printed.</remarks>
[Collection(nameof(Alone))]
public class ConvergenceTests(ITestOutputHelper output)
{
    private const int StepsUntilQuiet = 12;

    private static readonly TimeSpan Asked = Environment.GetEnvironmentVariable("MAPIGATE_FLEET_MINUTES") is { Length: > 0 } text
        ? TimeSpan.FromMinutes(double.Parse(text, CultureInfo.InvariantCulture))
        : TimeSpan.FromSeconds(20);

    private readonly Random _random = new(Seed);

    private static int Seed { get; } = Random.Shared.Next();

    [SkippableFact]
    public async Task WhateverHappens_AtQuietAllGatesEnforceTheNewestDocument()
    {
        output.WriteLine($"Seed {Seed}");
        using var cluster = await NatsCluster.StartAsync(3);
        using var folder = new TestFolder();
        var gates = Enumerable.Range(1, 4).Select(number => new ModelGate($"gate-{number}", folder.Of($"{number}"), cluster)).ToList();
        try
        {
            await Task.WhenAll(gates.Select(gate => gate.StartAsync()));
            var (start, written, rounds) = (TimeProvider.System.GetTimestamp(), 0, 0);
            do
            {
                for (var step = 0; step < StepsUntilQuiet; step++)
                {
                    written += await StepAsync(cluster, gates, written + 1) ? 1 : 0;
                    gates.ForEach(gate => gate.Look());
                }

                gates.ForEach(gate => gate.Mend());
                foreach (var server in cluster.Servers.Where(server => !server.IsRunning))
                {
                    server.Start();
                }

                await cluster.WaitUntilReadyAsync();
                await Eventually.TrueAsync(() => gates[0].TryWriteAsync(written + 1), TimeSpan.FromSeconds(60), () => "Nothing could be written.");
                written++;
                await Eventually.TrueAsync(
                    () =>
                    {
                        gates.ForEach(gate => gate.Look());
                        return Task.FromResult(gates.All(gate => gate.Enforced == written));
                    },
                    RunningFleet.Bound,
                    () => $"{written} were written. Enforced: {string.Join(", ", gates.Select(gate => gate.Enforced))}");
                rounds++;
            }
            while (TimeProvider.System.GetElapsedTime(start) < Asked);

            output.WriteLine($"{rounds} rounds, {written} documents");
        }
        finally
        {
            foreach (var gate in gates)
            {
                await gate.DisposeAsync();
            }
        }
    }

    private async Task<bool> StepAsync(NatsCluster cluster, List<ModelGate> gates, int next)
    {
        var gate = gates[_random.Next(gates.Count)];
        switch (_random.Next(9))
        {
            case 0:
                gate.CutOff(silently: true);
                return false;
            case 1:
                gate.CutOff(silently: false);
                return false;
            case 2:
                gate.Mend();
                return false;
            case 3:
                await gate.RestartAsync();
                return false;
            case 4 when cluster.Servers.All(server => server.IsRunning):
                await cluster.Servers[_random.Next(3)].KillAsync();
                return false;
            case 4:
                cluster.Servers.Single(server => !server.IsRunning).Start();
                return false;
            default:
                return await gate.TryWriteAsync(next);
        }
    }
}
