using MapiGate.Fleet.Tests.Rights;
using MapiGate.Management.Tests.Browser;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>
/// What may happen to servers. After each, every gate that can reach most of them enforces the newest document within ten seconds
/// of when that is possible; none ever goes back to an older one; none loses its policy.
/// </summary>
public class ServerChaosTests
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

    [SkippableFact]
    public async Task Servers_AreFrozen_AFollower_AndTheLeader()
    {
        await using var fleet = await RunningFleet.StartAsync(3, 3);
        var leaders = new[] { await fleet.Cluster.LeaderAsync("KV_mapigate-policy"), await fleet.Cluster.LeaderAsync("KV_mapigate-gates") };
        var follower = fleet.Cluster.Servers.First(server => !leaders.Contains(server));

        // It leads nothing, and nobody has to be elected; but it is asked as before, for the others think that it is there.
        follower.Freeze();
        for (var time = 0; time < 3; time++)
        {
            await fleet.ApplyAsync();
            await fleet.EnforcedAsync(fleet.Gates);
            await Truth.SyncedAsync(fleet.Gates[0], fleet.Gates);
        }

        follower.Thaw();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);

        var leader = await fleet.Cluster.LeaderAsync("KV_mapigate-policy");
        leader.Freeze();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);

        leader.Thaw();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
    }

    [SkippableFact]
    public async Task Buckets_AreDeleted_AndMadeAnew()
    {
        OpenPage.SkipIfMissing();
        await using var fleet = await RunningFleet.StartAsync(3, 3);
        await using var owner = new NatsConnection(fleet.Rights.OptionsOf(FleetRights.Owner, fleet.Cluster.Urls));
        var streams = new NatsJSContext(owner);
        await using var witness = await Witness.StartAsync(fleet.Gates[1]);

        await fleet.LoseDocumentAsync(() => streams.DeleteStreamAsync("KV_mapigate-policy").AsTask());
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);

        await fleet.LoseDocumentAsync(async () =>
        {
            await streams.DeleteStreamAsync("KV_mapigate-policy");
            await streams.DeleteStreamAsync("KV_mapigate-gates");
        });
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
        await Truth.SyncedAsync(fleet.Gates[1], fleet.Gates);
        await witness.ShouldHaveReadTheTruthAsync(fleet);
    }

    [SkippableFact]
    public async Task OldBackup_IsPutBack()
    {
        await using var fleet = await RunningFleet.StartAsync(1, 3);
        var server = fleet.Cluster.Servers[0];
        await server.KillAsync();
        var backup = server.Store + ".backup";
        Copy(server.Store, backup);
        server.Start();
        await fleet.ApplyAsync();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);

        await server.KillAsync();
        Directory.Delete(server.Store, recursive: true);
        Copy(backup, server.Store);
        server.Start();
        await fleet.Cluster.WaitUntilReadyAsync();

        // The gates give back what the servers forgot, and go on from there.
        await Truth.SyncedAsync(fleet.Gates[1], fleet.Gates);
        await fleet.EnforcedAsync(fleet.Gates);
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);

        static void Copy(string from, string to)
        {
            foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
