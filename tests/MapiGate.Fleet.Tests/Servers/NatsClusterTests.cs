using MapiGate.TestSupport;
using NATS.Client.Core;
using NATS.Client.KeyValueStore;
using NATS.Net;

namespace MapiGate.Fleet.Tests.Servers;

/// <summary>What the other tests rely on: three servers keep what was written when the one that led them is killed.</summary>
public class NatsClusterTests
{
    [SkippableFact]
    public async Task ThreeServers_OutliveTheirLeader_AndTakeItBack()
    {
        using var cluster = await NatsCluster.StartAsync(3);
        await using var connection = new NatsConnection(new NatsOpts { Url = cluster.Urls });
        var store = await connection.CreateKeyValueStoreContext().CreateStoreAsync(new NatsKVConfig("words") { NumberOfReplicas = 3 }).AsTask().WithinBounds();
        await store.PutAsync("word", "one");
        var leader = await cluster.LeaderAsync("KV_words");

        await leader.KillAsync();

        await Eventually.TrueAsync(async () => (await store.TryPutAsync("word", "two")).Success, TimeSpan.FromSeconds(30), () => "No write came through.");
        leader.Start();
        await cluster.WaitUntilReadyAsync();
        (await store.GetEntryAsync<string>("word")).Value.Should().Be("two");
    }
}
