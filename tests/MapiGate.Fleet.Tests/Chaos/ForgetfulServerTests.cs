using MapiGate.Fleet.Tests.Rights;
using MapiGate.Management.Tests.Browser;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Servers lose what was written, or remember something older.</summary>
public class ForgetfulServerTests
{
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
