using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Processes;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>What may happen to gates while all servers are there: wrong clocks, hundreds of clients to cut, two administrators at once.</summary>
public class GateChaosTests
{
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
