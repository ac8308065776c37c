using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NATS.Client.Core;
using NATS.Client.KeyValueStore;
using NATS.Net;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>Gates that are away, or that two say they are, and a fleet that is away: each is told as it is.</summary>
public class AbsenceTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [SkippableFact]
    public async Task TheFleetGoesAway_ThePolicyStays_AndOthersAreLost()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var a = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await using (var b = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b")))
        {
            await a.BlockAsync("bad.exe");
            await a.WaitForAsync("gate-b", FleetGateState.Synced);
        }

        await Eventually.TrueAsync(
            async () => (await a.Fleet.ReadAsync()).Gates.Single(gate => gate.Name == "gate-b").State == FleetGateState.Lost,
            TimeSpan.FromSeconds(60),
            () => "It is not lost.");
        (await a.WaitForAsync("gate-a", FleetGateState.Synced)).Age.Should().BeLessThan(Soon);
        (await a.Fleet.AskAsync(new PreviewQuestion { Document = Documents.Blocking("bad.exe") })).Missing.Should().ContainSingle("it may have any number of sessions")
            .Which.Should().Match<FleetGap>(gap => gap.Gate == "gate-b" && gap.Reason.Contains("LOST"));

        await cluster.Servers[0].KillAsync();

        await a.WaitForAsync("gate-a", FleetGateState.Stale);
        (await a.Fleet.ReadAsync()).Error.Should().Contain("has not been in touch since");
        a.Allows("bad.exe").Should().BeFalse();
    }

    [SkippableFact]
    public async Task TwoGatesOfOneName_AreSeenByBothAndAll_ForAsLongAsThereAreTwo()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var other = await GateHost.StartAsync("other", cluster.Urls, folder.Of("other"));
        await other.BlockAsync("bad.exe");
        await using var one = await GateHost.StartAsync("gate", cluster.Urls, folder.Of("one"));
        await using var two = await GateHost.StartAsync("gate", cluster.Urls, folder.Of("two"));

        (await other.WaitForAsync("gate", FleetGateState.Diverged, new PolicyPosition(1, 1))).Detail.Should().Contain("calls itself gate, too");
        await Task.WhenAll(one.UntilAsync(() => Says(one)), two.UntilAsync(() => Says(two)));
        (await one.CheckHealthAsync()).Status.Should().Be(HealthStatus.Degraded);
        (await one.WaitForAsync("gate", FleetGateState.Diverged)).Detail.Should().Contain("calls itself gate, too");

        await two.StopAsync();
        await one.UntilAsync(() =>
        {
            one.Clock.Pass(TimeSpan.FromSeconds(10));
            return !Says(one);
        });
        await other.WaitForAsync("gate", FleetGateState.Synced);

        static bool Says(GateHost gate) => gate.Gatekeeper.Status.Error?.Contains("calls itself gate, too", StringComparison.Ordinal) == true;
    }

    [SkippableFact]
    public async Task AGateThatEnded_IsLost_ThoughTheServersClockStoodStillOrWentBack()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var a = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await using (var b = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b")))
        {
            await a.BlockAsync("bad.exe");
            await a.WaitForAsync("gate-b", FleetGateState.Synced);
        }

        // To this gate a minute passes, and to the servers none: what a clock that is set back looks like.
        await PassAsync(TimeSpan.FromSeconds(11));
        await PassAsync(TimeSpan.FromMinutes(1));

        await a.WaitForAsync("gate-b", FleetGateState.Lost);

        // Until it has written its receipt again.
        async Task PassAsync(TimeSpan time)
        {
            var before = await RevisionAsync();
            a.Clock.Pass(time);
            await Eventually.TrueAsync(async () => await RevisionAsync() > before, Soon, () => "It does not write its receipt.");
        }

        async Task<ulong> RevisionAsync()
        {
            await using var connection = new NatsConnection(new NatsOpts { Url = cluster.Urls });
            var bucket = await connection.CreateKeyValueStoreContext().GetStoreAsync("mapigate-gates").AsTask().WithinBounds();
            return (await bucket.GetEntryAsync<string>("gate-a").AsTask().WithinBounds()).Revision;
        }
    }
}
