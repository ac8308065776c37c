using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Upkeep;

/// <summary>What docs/fleet.md has an administrator do with the servers, by the very commands. Gates never go back meanwhile.</summary>
public class UpkeepTests
{
    private const string Stop = "systemctl stop nats-server";
    private const string Start = "systemctl start nats-server";
    private const string Upgrade = "apt-get install --only-upgrade nats-server";

    [SkippableFact]
    public async Task Servers_AreUpgradedOneByOne_AndOneLosesItsDisk_WritesGoOn()
    {
        await using var fleet = await GuardedGates.StartAsync();
        List<string> blocked = ["0.exe"];
        await fleet.BlockAsync([.. blocked]);
        foreach (var server in fleet.Cluster.Servers)
        {
            await RunAsync(server, FleetDocument.Commands(Upgrade));
            blocked.Add($"{blocked.Count}.exe");
            await fleet.BlockAsync([.. blocked]);
        }

        // What the others have filled it with counts: with one of them away, it is needed for whatever is written.
        var lost = fleet.Cluster.Servers[2];
        await lost.StopAsync();
        Directory.Delete(lost.Store, recursive: true);
        lost.Start();
        await fleet.Cluster.WaitUntilReadyAsync();
        await fleet.Cluster.Servers[0].KillAsync();
        await fleet.BlockAsync([.. blocked, "last.exe"]);
    }

    [SkippableFact]
    public async Task Servers_AreRestoredFromABackup_OrStartedEmpty_GatesGiveTheNewestDocumentBack()
    {
        await using var fleet = await GuardedGates.StartAsync();
        await fleet.BlockAsync("one.exe");
        foreach (var server in fleet.Cluster.Servers)
        {
            await RunAsync(server, FleetDocument.Commands("tar -czf"));
        }

        await fleet.BlockAsync("one.exe", "two.exe");
        var again = FleetDocument.Blocks("sh").Single(block => block.StartsWith(Start, StringComparison.Ordinal));

        await Task.WhenAll(fleet.Cluster.Servers.Select(server => RunAsync(server, FleetDocument.Commands("tar -xzf"))));
        await Task.WhenAll(fleet.Cluster.Servers.Select(server => RunAsync(server, again)));

        await fleet.SyncedAsync(new PolicyPosition(1, 2), "one.exe", "two.exe");
        (await fleet.Chief.Store.HistoryAsync()).Select(entry => entry.Number).Should().Equal(2, 1);
        await fleet.BlockAsync("one.exe", "two.exe", "three.exe");

        // All three lost, and installed anew.
        foreach (var server in fleet.Cluster.Servers)
        {
            await server.StopAsync();
            Directory.Delete(server.Store, recursive: true);
        }

        await Task.WhenAll(fleet.Cluster.Servers.Select(server => RunAsync(server, again)));

        await fleet.SyncedAsync(new PolicyPosition(1, 3), "one.exe", "two.exe", "three.exe");
        (await fleet.Chief.Store.HistoryAsync()).Select(entry => entry.Number).Should().Equal(3);
        await fleet.BlockAsync("one.exe", "two.exe", "three.exe", "four.exe");
    }

    // As the document has it, line by line, but for folders and ports, and for who stops and starts the service.
    private static async Task RunAsync(NatsServer server, string commands)
    {
        foreach (var line in commands.Trim().Split('\n'))
        {
            switch (line)
            {
                case Stop:
                    await server.StopAsync();
                    break;
                case Start:
                    server.Start();
                    break;
                case Upgrade:
                    break;
                default:
                    await FleetDocument.RunAsync(server.Folder, line
                        .Replace("/var/backups/nats.tar.gz", Path.Combine(server.Folder, "nats.tar.gz"), StringComparison.Ordinal)
                        .Replace("/var/lib/nats", server.Store, StringComparison.Ordinal)
                        .Replace("127.0.0.1:8222", server.Monitor, StringComparison.Ordinal));
                    break;
            }
        }
    }
}
