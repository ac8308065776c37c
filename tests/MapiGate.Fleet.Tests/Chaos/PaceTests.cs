using System.Globalization;
using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.TestSupport;
using NATS.Client.Core;
using Xunit.Abstractions;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>How long a document takes from its write to the last gate's receipt: a few times here, and as often as <c>MAPIGATE_FLEET_APPLIES</c> asks.</summary>
[Collection(nameof(Alone))]
public class PaceTests(ITestOutputHelper output)
{
    private static readonly int Applies = Environment.GetEnvironmentVariable("MAPIGATE_FLEET_APPLIES") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 5;

    // Gates ask every five seconds, and five of them are hardly ever all in time.
    private static readonly TimeSpan Announced = TimeSpan.FromSeconds(3);

    [SkippableFact]
    public async Task Apply_IsInForceEverywhere_WithinTheBound()
    {
        await using var fleet = await RunningFleet.StartAsync(3, 5);
        await using var owner = new NatsConnection(fleet.Rights.OptionsOf(FleetRights.Owner, fleet.Cluster.Urls));
        await using var receipts = await owner.SubscribeCoreAsync<string>("$KV.mapigate-gates.*");
        List<double> taken = [];
        for (var apply = 0; apply < Applies; apply++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await fleet.ApplyAsync();
            HashSet<string> there = [];
            while (there.Count < fleet.Gates.Count)
            {
                var receipt = await receipts.Msgs.ReadAsync().AsTask().WithinBounds();
                if (JsonNode.Parse(receipt.Data!)!["appliedGeneration"]!.GetValue<long>() == fleet.Written)
                {
                    there.Add(receipt.Subject);
                }
            }

            taken.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }

        taken.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Applies} applies, 3 servers, 5 gates: from the write to the last receipt, median {taken[taken.Count / 2]:0} ms, worst {taken[^1]:0} ms."));
        taken[^1].Should().BeLessThan(RunningFleet.Bound.TotalMilliseconds);
        taken[taken.Count / 2].Should().BeLessThan(Announced.TotalMilliseconds, "documents are announced, and not only found by asking");
    }
}
