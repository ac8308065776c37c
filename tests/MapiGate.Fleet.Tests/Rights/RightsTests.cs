using MapiGate.TestSupport;
using NATS.Client.Core;
using NATS.Client.KeyValueStore;
using NATS.Net;

namespace MapiGate.Fleet.Tests.Rights;

/// <summary>What a gate's credentials can't do, by the configuration in docs/fleet.md: by any client, not only by ours.</summary>
public sealed class RightsTests(GuardedFleet fleet) : IClassFixture<GuardedFleet>
{
    private const string Document = "$KV.mapigate-policy.document";
    private const string Own = "$KV.mapigate-gates.gate-1";
    private const string Others = "$KV.mapigate-gates.gate-2";

    [SkippableTheory]
    [InlineData(Document)]
    [InlineData(Others)]
    [InlineData("$JS.API.STREAM.PURGE.KV_mapigate-gates")]
    [InlineData("$JS.API.STREAM.PURGE.KV_mapigate-policy")]
    [InlineData("$JS.API.STREAM.DELETE.KV_mapigate-gates")]
    [InlineData("$JS.API.STREAM.DELETE.KV_mapigate-policy")]
    [InlineData("$JS.API.STREAM.UPDATE.KV_mapigate-policy")]
    [InlineData("$JS.API.STREAM.CREATE.mine")]
    [InlineData("$JS.API.STREAM.MSG.DELETE.KV_mapigate-gates")]
    [InlineData("$JS.API.CONSUMER.CREATE.KV_mapigate-gates")]
    [InlineData("$JS.API.CONSUMER.DURABLE.CREATE.KV_mapigate-gates.mine")]
    [InlineData("mapigate.answer.gate-2.1")]
    [InlineData("mapigate.ask")]
    [InlineData("mapigate.do")]
    public async Task Gate_PublishesWhatItMayNot_IsToldSo(string subject)
    {
        Servers.NatsServer.SkipIfMissing();
        await using var gate = fleet.Connect("gate-1");
        var denied = new TaskCompletionSource<string>();
        gate.ServerError += (_, error) =>
        {
            denied.TrySetResult(error.Error);
            return ValueTask.CompletedTask;
        };
        await using var heard = await ListenAsync(subject);

        await gate.PublishAsync(subject, "forged");

        (await denied.Task.WithinBounds()).Should().Contain(subject);
        (await heard.FirstAsync("forged")).Should().BeNull();
    }

    [SkippableTheory]
    [InlineData(Document)]
    [InlineData(Others)]
    [InlineData("mapigate.do")]
    [InlineData("mapigate.answer.gate-2.1")]
    public async Task Gate_LetsTheServerPublishForIt_ByTheSubjectOfAReply_ReachesNobody(string subject)
    {
        Servers.NatsServer.SkipIfMissing();
        await using var gate = fleet.Connect("gate-1");
        await using var heard = await ListenAsync(subject);

        await gate.PublishAsync(Own, "forged", replyTo: subject);
        await gate.PublishAsync($"$JS.API.DIRECT.GET.KV_mapigate-gates.{Own}", "", replyTo: subject);

        // What the server answers later, it has sent later.
        await gate.RequestAsync<string, string>($"$JS.API.DIRECT.GET.KV_mapigate-gates.{Own}", "");
        (await heard.FirstAsync("forged")).Should().BeNull();
    }

    [SkippableFact]
    public async Task Gate_RollsUpTheReceiptsWithItsOwn_WipesNobodyElses()
    {
        Servers.NatsServer.SkipIfMissing();
        await using var gate = fleet.Connect("gate-1");
        var receipts = await fleet.Owner.CreateKeyValueStoreContext().GetStoreAsync("mapigate-gates");
        await receipts.PutAsync("gate-2", "receipt");

        await gate.PublishAsync(Own, "forged", new NatsHeaders { ["Nats-Rollup"] = "all" });
        await gate.PublishAsync(Own, "forged", new NatsHeaders { ["KV-Operation"] = "PURGE" });
        await gate.PingAsync();

        (await receipts.GetEntryAsync<string>("gate-2")).Value.Should().Be("receipt");
    }

    [SkippableFact]
    public async Task Gate_ReadsDocumentAndReceipts_WritesItsOwn_AndAnswers()
    {
        Servers.NatsServer.SkipIfMissing();
        await using var gate = fleet.Connect("gate-1");
        await using var heard = await ListenAsync("mapigate.answer.>");

        await gate.RequestAsync<string, string>(Own, "receipt");
        await gate.PublishAsync("mapigate.answer.gate-1.1", "answer");
        await gate.PingAsync();

        (await gate.RequestAsync<string, string>($"$JS.API.DIRECT.GET.KV_mapigate-gates.{Own}", "")).Data.Should().Be("receipt");
        (await gate.RequestAsync<string, string>($"$JS.API.DIRECT.GET.KV_mapigate-policy.{Document}", "")).Headers!.Code.Should().Be(404, "nothing was written yet");
        (await heard.FirstAsync("answer")).Should().Be("mapigate.answer.gate-1.1");
    }

    [SkippableFact]
    public async Task Administrator_CannotDeleteOrPurgeABucket()
    {
        Servers.NatsServer.SkipIfMissing();
        await using var administrator = fleet.Connect(FleetRights.Administrator);
        var errors = System.Threading.Channels.Channel.CreateUnbounded<string>();
        administrator.ServerError += (_, error) => errors.Writer.WriteAsync(error.Error);

        foreach (var order in (string[])["DELETE", "PURGE", "MSG.DELETE"])
        {
            await administrator.PublishAsync($"$JS.API.STREAM.{order}.KV_mapigate-policy", "{}");
            (await errors.Reader.ReadAsync().AsTask().WithinBounds()).Should().Contain(order);
        }
    }

    private async Task<Listener> ListenAsync(string subject)
    {
        var listener = new Listener(await fleet.Owner.SubscribeCoreAsync<string>(subject), fleet.Owner);
        await fleet.Owner.PingAsync();
        return listener;
    }

    /// <summary>Hears what reaches the fleet's own account.</summary>
    private sealed class Listener(INatsSub<string> heard, NatsConnection owner) : IAsyncDisposable
    {
        /// <summary>The subject of the first message with this text among those that were sent until now.</summary>
        public async Task<string?> FirstAsync(string text)
        {
            await owner.PingAsync();
            while (heard.Msgs.TryRead(out var message))
            {
                if (message.Data?.Contains(text, StringComparison.Ordinal) == true)
                {
                    return message.Subject;
                }
            }

            return null;
        }

        public ValueTask DisposeAsync() => heard.DisposeAsync();
    }
}
