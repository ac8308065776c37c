using MapiGate.Management.Tests.Browser;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Servers are killed: one by one, the leader, two of three.</summary>
public class KilledServerTests
{
    [SkippableFact]
    public async Task Servers_AreKilledInTurn_AndTheLeader_AndTwoOfThree()
    {
        OpenPage.SkipIfMissing();
        await using var fleet = await RunningFleet.StartAsync(3, 5);
        await using var witness = await Witness.StartAsync(fleet.Gates[1]);
        foreach (var server in fleet.Cluster.Servers)
        {
            await server.KillAsync();
            await fleet.ApplyAsync();
            await fleet.EnforcedAsync(fleet.Gates);
            server.Start();
            await fleet.Cluster.WaitUntilReadyAsync();
        }

        var leader = await fleet.Cluster.LeaderAsync("KV_mapigate-policy");
        await leader.KillAsync();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
        leader.Start();
        await fleet.Cluster.WaitUntilReadyAsync();
        await witness.ShouldHaveReadTheTruthAsync(fleet);

        // No quorum: nothing can be written, what is in force stays, and a gate that reaches the last server says what that is worth.
        // What was tried may yet come, once there are two again: that is why it is what is applied then.
        await fleet.Cluster.Servers[0].KillAsync();
        await fleet.Cluster.Servers[1].KillAsync();
        (await RunningFleet.TryWriteAsync(fleet.Gates[0], GateWatch.Document(fleet.Written + 1))).Why.Should().NotBeNull();
        await fleet.EnforcedAsync(fleet.Gates);
        await Truth.SaysAsync(fleet.Gates[1], said => said["gate-2"] == "STALE");

        fleet.Cluster.Servers[0].Start();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
        fleet.Cluster.Servers[1].Start();
        await fleet.Cluster.WaitUntilReadyAsync();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
    }
}
