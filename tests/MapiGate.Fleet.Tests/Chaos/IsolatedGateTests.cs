using MapiGate.Fleet.Tests.Processes;
using MapiGate.Management.Tests.Browser;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Gates are cut off from their servers, in every way that wires have, and come back.</summary>
public class IsolatedGateTests
{
    // Three receipts that don't come, and the server's own patience.
    private static readonly TimeSpan UntilNoticed = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task Gate_IsCutOff_Restarted_AndComesBack()
    {
        OpenPage.SkipIfMissing();
        await using var fleet = await RunningFleet.StartAsync(3, 3);
        GateProcess[] reached = [.. fleet.Gates.Take(2)];
        var away = fleet.Gates[2];
        await Truth.SyncedAsync(fleet.Gates[0], fleet.Gates);
        await using var there = await Witness.StartAsync(fleet.Gates[0]);
        await using var here = await Witness.StartAsync(away);
        away.Isolate();

        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(reached);
        await Truth.SaysAsync(away, said => said[away.Name] == "STALE", UntilNoticed);
        await Truth.SaysAsync(fleet.Gates[0], said => said[away.Name] == "LOST" && said["gate-2"] == "SYNCED", UntilNoticed);
        await here.BothSayAsync(away.Name, "STALE");
        await there.BothSayAsync(away.Name, "LOST");

        // It starts without its fleet, and enforces what it had.
        away.Kill();
        await away.StartAsync();
        (await away.Door.RefusesAsync(GateWatch.Program(1))).Should().BeTrue();
        (await away.Door.RefusesAsync(GateWatch.Program(2))).Should().BeFalse();

        fleet.Mend(away);
        await fleet.EnforcedAsync(fleet.Gates);

        away.Disconnect();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(reached);
        fleet.Mend(away);
        await fleet.EnforcedAsync(fleet.Gates);
        foreach (var gate in fleet.Gates)
        {
            await Truth.SyncedAsync(gate, fleet.Gates);
        }

        await there.ShouldHaveReadTheTruthAsync(fleet);
        await here.ShouldHaveReadTheTruthAsync(fleet);
    }

    [SkippableFact]
    public async Task Gate_IsInANetworkOfItsOwn_WhoseLinkGoesDown()
    {
        NetworkNamespace.SkipIfNotAllowed();
        using var network = new NetworkNamespace();
        await using var fleet = await RunningFleet.StartAsync(3, 2, network: network);
        var (reached, away) = (fleet.Gates[0], fleet.Gates[1]);
        await Truth.SyncedAsync(away, fleet.Gates);

        away.Isolate();
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync([reached]);
        (await away.Door.RefusesAsync(GateWatch.Program(1))).Should().BeTrue();
        (await away.Door.RefusesAsync(GateWatch.Program(2))).Should().BeFalse();
        await Truth.SaysAsync(away, said => said[away.Name] == "STALE", UntilNoticed);

        fleet.Mend(away);
        await fleet.EnforcedAsync(fleet.Gates);
        await Truth.SyncedAsync(reached, fleet.Gates);
    }
}
