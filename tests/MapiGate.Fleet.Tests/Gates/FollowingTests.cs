using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NATS.Client.Core;
using NATS.Client.KeyValueStore;
using NATS.Net;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>A gate takes the newest document, by whatever way it hears of it, never an older one, and says how it stands.</summary>
public class FollowingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [SkippableFact]
    public async Task TheBucketIsDeleted_NoPolicyIsLost_AndTheDocumentIsGivenBack()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var a = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await using var b = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b"));
        await a.BlockAsync("one.exe");
        await a.BlockAsync("bad.exe");
        await b.UntilAsync(() => !b.Allows("bad.exe"));

        await Documents.DeleteBucketAsync(cluster.Urls);

        await Eventually.TrueAsync(async () => await Documents.PositionAsync(cluster.Urls) == new PolicyPosition(1, 2), Soon, () => "It was not given back.");
        a.Allows("bad.exe").Should().BeFalse();
        b.Allows("bad.exe").Should().BeFalse();
        (await b.BlockAsync("bad.exe; worse.exe")).Outcome.Should().Be(PolicyWriteOutcome.Written);
        await a.UntilAsync(() => !a.Allows("worse.exe"));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheBucketOfReceiptsAloneIsDeleted_AndMadeAnew(bool isGateThere)
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var before = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await before.BlockAsync("one.exe");
        await before.WaitForAsync("gate-a", FleetGateState.Synced);
        if (!isGateThere)
        {
            await before.StopAsync();
        }

        await using var owner = new NatsClient(cluster.Urls);
        await owner.CreateKeyValueStoreContext().DeleteStoreAsync("mapigate-gates");

        await using var gate = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b"));
        await gate.WaitForAsync("gate-b", FleetGateState.Synced, new PolicyPosition(1, 1));
        (await gate.BlockAsync("bad.exe")).Outcome.Should().Be(PolicyWriteOutcome.Written);
        await gate.WaitForAsync(isGateThere ? "gate-a" : "gate-b", FleetGateState.Synced, new PolicyPosition(1, 2));
    }

    [SkippableFact]
    public async Task AnOlderDocumentIsPutBack_NobodyTakesIt()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await gate.BlockAsync("one.exe");
        await gate.BlockAsync("bad.exe");

        await Documents.PutAsync(cluster.Urls, 1, 1, Documents.Blocking("one.exe"));

        await Eventually.TrueAsync(async () => await Documents.PositionAsync(cluster.Urls) == new PolicyPosition(1, 2), Soon, () => "It was not given back.");
        gate.Gatekeeper.Journal.Recent.Count(entry => entry.Kind == JournalEntryKind.PolicyChanged).Should().Be(2, "it was never in force again");
        gate.Log.Entries.Should().Contain(entry => entry.EventId.Name == "DocumentRestored");
    }

    [SkippableFact]
    public async Task ADocumentThatCannotBeUsed_IsRejected_AndTheNextIsHeard()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await gate.BlockAsync("bad.exe");

        await Documents.PutAsync(cluster.Urls, 1, 2, """{ "MapiGate": { "Colour": "red" } }""");

        var rejected = await gate.WaitForAsync("gate-a", FleetGateState.Rejected, new PolicyPosition(1, 2));
        rejected.Applied.Should().Be(new PolicyPosition(1, 1));
        rejected.Detail.Should().Contain("MapiGate:Colour").And.Contain("mallory");
        gate.Allows("bad.exe").Should().BeFalse();
        (await gate.CheckHealthAsync()).Status.Should().Be(HealthStatus.Degraded);

        await Documents.PutAsync(cluster.Urls, 1, 3, Documents.Blocking("other.exe"));
        await gate.UntilAsync(() => gate.Allows("bad.exe") && !gate.Allows("other.exe"));
    }

    [SkippableFact]
    public async Task AHeldDocument_IsToldToAll_UntilItIsConfirmed()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var a = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"), null, ("MapiGate:MaxDisconnects", "0"));
        await using var b = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b"));
        await b.ReadAsync();
        var session = a.Logon("bad.exe")!;

        await b.BlockAsync("bad.exe");

        var held = await b.WaitForAsync("gate-a", FleetGateState.Held, new PolicyPosition(1, 1));
        held.Applied.Should().Be(PolicyPosition.None);
        held.Detail.Should().Contain("MaxDisconnects");
        session.IsDisconnected.Should().BeFalse();

        a.Gatekeeper.Confirm(a.Gatekeeper.Status.Held!.Fingerprint);
        var done = await b.WaitForAsync("gate-a", FleetGateState.Synced, new PolicyPosition(1, 1));
        (done.Applied, done.Disconnected).Should().Be((new PolicyPosition(1, 1), 1));
        session.IsDisconnected.Should().BeTrue();
    }

    [SkippableFact]
    public async Task AGateWhoseHostSaysOtherwise_IsDiverged()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var a = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await a.BlockAsync("bad.exe");
        await a.WaitForAsync("gate-a", FleetGateState.Synced);

        a.Gatekeeper.Apply(ConnectionPolicy.AllowAll);

        (await a.WaitForAsync("gate-a", FleetGateState.Diverged)).Detail.Should().Contain("The host has put another policy in force");
    }

    [SkippableFact]
    public async Task AnAnnouncementIsMissed_TheDocumentIsFoundByAsking()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using (var connection = new NatsConnection(new NatsOpts { Url = cluster.Urls }))
        {
            // Made by an administrator otherwise: nothing is announced.
            await connection.CreateKeyValueStoreContext().CreateStoreAsync(new NatsKVConfig("mapigate-policy") { History = 10 }).AsTask().WithinBounds();
        }

        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await gate.ReadAsync();

        await Documents.PutAsync(cluster.Urls, 1, 1, Documents.Blocking("bad.exe"));

        await gate.UntilAsync(() => !gate.Allows("bad.exe"));
    }

    [SkippableFact]
    public async Task ARuleThatIsHeldAtItsBeginning_IsNotSynced()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var a = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await using var b = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b"));
        var version = (await a.ReadAsync()).Version;
        var from = TimeProvider.System.GetUtcNow().AddSeconds(4);
        (await a.Store.WriteAsync($$$"""{ "MapiGate": { "MaxDisconnects": 0, "Rules": { "late": { "Process": "bad.exe", "From": "{{{from:O}}}" } } } }""", version, "anna", null)).Outcome.Should().Be(PolicyWriteOutcome.Written);
        var session = a.Logon("bad.exe")!;

        (await b.WaitForAsync("gate-a", FleetGateState.Held)).Detail.Should().Contain("MaxDisconnects");

        session.IsDisconnected.Should().BeFalse();
    }
}
