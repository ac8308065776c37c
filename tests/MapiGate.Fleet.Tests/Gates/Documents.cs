using System.Text.Json.Nodes;
using MapiGate.TestSupport;
using NATS.Client.Core;
using NATS.Client.KeyValueStore;
using NATS.Net;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>The fleet's bucket, written by another tool than a gate.</summary>
internal static class Documents
{
    public static string Blocking(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";

    /// <summary>Puts a document in the bucket, whatever is there.</summary>
    public static async Task PutAsync(string urls, long epoch, long generation, string text)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = urls });
        var bucket = await connection.CreateKeyValueStoreContext().GetStoreAsync("mapigate-policy").AsTask().WithinBounds();
        await bucket.PutAsync("document", new JsonObject
        {
            ["epoch"] = epoch,
            ["generation"] = generation,
            ["fingerprint"] = "",
            ["text"] = text,
            ["author"] = "mallory",
            ["reason"] = "",
            ["time"] = "2026-01-01T00:00:00Z",
        }.ToJsonString()).AsTask().WithinBounds();
    }

    /// <summary>The position of the document in the bucket; none when there is none.</summary>
    public static async Task<PolicyPosition> PositionAsync(string urls)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = urls });
        try
        {
            var bucket = await connection.CreateKeyValueStoreContext().GetStoreAsync("mapigate-policy").AsTask().WithinBounds();
            var document = JsonNode.Parse((await bucket.GetEntryAsync<string>("document").AsTask().WithinBounds()).Value!)!;
            return new PolicyPosition(document["epoch"]!.GetValue<long>(), document["generation"]!.GetValue<long>());
        }
        catch (NatsException)
        {
            return PolicyPosition.None;
        }
    }

    public static async Task DeleteBucketAsync(string urls)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = urls });
        await connection.CreateKeyValueStoreContext().DeleteStoreAsync("mapigate-policy").AsTask().WithinBounds();
    }
}
