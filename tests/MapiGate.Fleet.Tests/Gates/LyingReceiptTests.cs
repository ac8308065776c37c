using MapiGate.Fleet.Tests.Servers;
using NATS.Client.Core;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>A gate may write what it likes into its own receipt: that must not stop the fleet.</summary>
public class LyingReceiptTests
{
    [SkippableTheory]
    [InlineData(long.MaxValue)]
    [InlineData((1L << 53) - 1)]
    public async Task AGateThatClaimsTheLastNumberThereIs_StopsNobody(long number)
    {
        NatsServer.SkipIfMissing();
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var chief = await GateHost.StartAsync("gate-1", cluster.Urls, folder.Of("1"));
        await chief.BlockAsync("first.exe");
        await using var liar = new NatsConnection(new NatsOpts { Url = cluster.Urls });
        await liar.RequestAsync<string, string>(
            "$KV.mapigate-gates.liar",
            $$"""{"gate":"liar","run":"1","seenEpoch":{{number}},"seenGeneration":{{number}},"appliedEpoch":0,"appliedGeneration":0,"state":"Applied","reason":"","fingerprint":"","revision":0,"disconnected":0,"sessions":0,"since":"2026-01-01T00:00:00Z","programVersion":""}""");

        (await chief.BlockAsync("second.exe")).Outcome.Should().Be(PolicyWriteOutcome.Written);

        await using var late = await GateHost.StartAsync("gate-2", cluster.Urls, folder.Of("2"));
        await late.UntilAsync(() => !late.Allows("second.exe"));
        await chief.WaitForAsync("gate-2", FleetGateState.Synced);
        (await chief.Fleet.ReadAsync()).Document!.Position.Should().Be(new PolicyPosition(1, 2));
    }
}
