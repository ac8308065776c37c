using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Processes;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.TestSupport.Processes;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>
/// What may happen to servers, wires and gates. After each, every gate that can reach most of the servers enforces the newest
/// document within ten seconds; none ever goes back to an older one; none loses its policy.
/// </summary>
public class ChaosTests
{
    // Three receipts that don't come, and the server's own patience.
    private static readonly TimeSpan UntilNoticed = TimeSpan.FromSeconds(60);

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
        await Truth.SyncedAsync(fleet.Gates[0], fleet.Gates);
        Each(away, wire => wire.Freeze());

        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(reached);
        await Truth.SaysAsync(away, said => said[away.Name] == "STALE", UntilNoticed);
        await Truth.SaysAsync(fleet.Gates[0], said => said[away.Name] == "LOST" && said["gate-2"] == "SYNCED", UntilNoticed);
        (await Truth.MapigateAsync(fleet.Gates[0]))[away.Name].Should().Be("LOST");

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
        foreach (var gate in fleet.Gates)
        {
            await Truth.SyncedAsync(gate, fleet.Gates);
            (await Truth.MapigateAsync(gate)).Values.Should().OnlyContain(state => state == "SYNCED").And.HaveCount(3);
        }

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

    [SkippableFact]
    public async Task Buckets_AreDeleted_AndMadeAnew()
    {
        await using var fleet = await RunningFleet.StartAsync(3, 3);
        await using var owner = new NatsConnection(fleet.Rights.OptionsOf(FleetRights.Owner, fleet.Cluster.Urls));
        var streams = new NatsJSContext(owner);

        await streams.DeleteStreamAsync("KV_mapigate-policy");
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);

        await streams.DeleteStreamAsync("KV_mapigate-policy");
        await streams.DeleteStreamAsync("KV_mapigate-gates");
        await fleet.ApplyAsync();
        await fleet.EnforcedAsync(fleet.Gates);
        await Truth.SyncedAsync(fleet.Gates[1], fleet.Gates);
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
