using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Processes;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.Management.Tests.Browser;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>
/// What may happen to gates, their wires, and those who administer them. After each, every gate that can reach most of the
/// servers enforces the newest document within ten seconds; none ever goes back to an older one; none loses its policy.
/// </summary>
public class GateChaosTests
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

        await ShouldHaveReadAsync(there, "LOST");
        await ShouldHaveReadAsync(here, "STALE");

        async Task ShouldHaveReadAsync(Witness witness, string state) =>
            (await witness.ShouldHaveReadTheTruthAsync(fleet)).Where(reading => reading.Rows.Any(row => row.Gate == away.Name && row.State == state))
                .Select(reading => reading.Reader).Distinct().Should().BeEquivalentTo(["mapigate", "the page"], "both say {0}", state);
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

    [SkippableFact]
    public async Task OneApply_RefusesAndCuts500ClientsOfFiveGates()
    {
        await using var fleet = await RunningFleet.StartAsync(3, 5);
        var clients = fleet.Gates.Select(gate => new RunningClient(gate.Url, "--process", GateWatch.Program(2), "--count", "100", "--user", "johndoe")).ToList();
        try
        {
            await Task.WhenAll(clients.Select(client => client.WaitForMailboxesAsync(100)));

            await fleet.ApplyAsync();

            await fleet.EnforcedAsync(fleet.Gates);
            await Task.WhenAll(clients.Select(client => client.WaitForCountAsync("cut", 100)));
            await Task.WhenAll(clients.Select(client => client.WaitForCountAsync("refused", 100)));
            clients.SelectMany(client => client.Events).Where(line => line.Event == "refused").Should().OnlyContain(line => line.Code == "0x4DF");
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [SkippableFact]
    public async Task TwoAdministrators_OneWins_TheOtherIsToldWhatChanged()
    {
        await using var fleet = await RunningFleet.StartAsync(3, 2, administrators: 2);
        var seen = (await fleet.Gates[1].GetAsync("policy"))["version"]!.GetValue<string>();

        var writes = await Task.WhenAll(fleet.Gates.Select((gate, number) => gate.SendAsync(
            HttpMethod.Put,
            "policy",
            new JsonObject { ["document"] = $$"""{ "MapiGate": { "DisableMapiClientProcesses": "program-1.exe; theirs-{{number}}.exe" } }""" },
            seen)));

        writes.Select(write => write.Status).Should().BeEquivalentTo([200, 412]);
        var loser = Array.FindIndex(writes, write => write.Status == 412);
        writes[loser].Answer!.ToJsonString().Should().Contain($"theirs-{1 - loser}.exe");
    }
}
