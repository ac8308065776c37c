using MapiGate.Fleet.Tests.Processes;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>
/// What may happen to servers, wires and gates. After each, every gate that can reach most of the servers enforces the newest
/// document within ten seconds; none ever goes back to an older one; none loses its policy.
/// </summary>
public class ChaosTests
{
    [SkippableFact]
    public async Task Servers_AreKilledInTurn_AndTheLeader_AndTwoOfThree()
    {
        await using var fleet = await RunningFleet.StartAsync(3, 5);
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

        // No quorum: nothing can be written, and what is in force stays.
        await fleet.Cluster.Servers[0].KillAsync();
        await fleet.Cluster.Servers[1].KillAsync();
        (await RunningFleet.TryWriteAsync(fleet.Gates[0], GateWatch.Document(99))).Should().NotBeNull();
        await fleet.EnforcedAsync(fleet.Gates);

        fleet.Cluster.Servers[0].Start();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
        fleet.Cluster.Servers[1].Start();
        await fleet.Cluster.WaitUntilReadyAsync();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
    }

    [SkippableFact]
    public async Task Server_IsFrozen_AndThawed()
    {
        await using var fleet = await RunningFleet.StartAsync(3, 3);
        var leader = await fleet.Cluster.LeaderAsync("KV_mapigate-policy");

        leader.Freeze();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);

        leader.Thaw();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
    }

    [SkippableFact]
    public async Task Gate_IsCutOff_Restarted_AndComesBack()
    {
        await using var fleet = await RunningFleet.StartAsync(3, 3);
        GateProcess[] reached = [.. fleet.Gates.Take(2)];
        var away = fleet.Gates[2];
        Each(away, wire => wire.Freeze());

        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(reached);

        // It starts without its fleet, and enforces what it had.
        away.Kill();
        await away.StartAsync();
        (await away.Door.RefusesAsync(GateWatch.Program(1))).Should().BeTrue();
        (await away.Door.RefusesAsync(GateWatch.Program(2))).Should().BeFalse();

        Each(away, wire => wire.Mend());
        await fleet.EnforcedAsync(fleet.Gates);

        Each(away, wire => wire.Cut());
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(reached);
        Each(away, wire => wire.Mend());
        await fleet.EnforcedAsync(fleet.Gates);

        static void Each(GateProcess gate, Action<Servers.Relay> act)
        {
            foreach (var wire in gate.Wires)
            {
                act(wire);
            }
        }
    }

    [SkippableFact]
    public async Task Clocks_AreAnHourApart()
    {
        Faketime.SkipIfMissing();
        await using var fleet = await RunningFleet.StartAsync(1, 3, number => number switch { 0 => "-3600", 1 => "+3600", _ => null });

        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);

        // Whoever asks, whatever the clock: all are there.
        foreach (var gate in fleet.Gates)
        {
            await Truth.SyncedAsync(gate, fleet.Gates);
        }
    }
}
