namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Servers hang: they hold their connections, and answer nobody.</summary>
public class FrozenServerTests
{
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
}
