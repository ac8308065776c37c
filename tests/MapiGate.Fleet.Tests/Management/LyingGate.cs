using System.Text;
using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport;
using NATS.Client.Core;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>What has a gate's key, and is none: it answers what it is told to answer.</summary>
internal sealed class LyingGate : IAsyncDisposable
{
    private readonly NatsConnection _nats;
    private readonly CancellationTokenSource _end = new();
    private Task _answering = Task.CompletedTask;

    private LyingGate(NatsConnection nats) => _nats = nats;

    /// <summary>What it is called.</summary>
    public static string Name => "gate-c";

    /// <summary>What it answers to a question; nothing when <see langword="null"/>.</summary>
    public Func<JsonNode, byte[]?> Lie { get; set; } = _ => null;

    /// <summary>How many bytes the last question asks for at most.</summary>
    public int Most { get; private set; }

    /// <summary>One more of a fleet of two, known to both.</summary>
    public static async Task<LyingGate> StartAsync(ManagedFleet fleet)
    {
        var liar = new LyingGate(new NatsConnection(fleet.Rights?.OptionsOf(Name, fleet.Cluster.Urls) ?? new NatsOpts { Url = fleet.Cluster.Urls }));
        var (questions, orders) = (await liar._nats.SubscribeCoreAsync<byte[]>("mapigate.ask"), await liar._nats.SubscribeCoreAsync<byte[]>("mapigate.do"));
        await liar._nats.PingAsync();
        liar._answering = Task.WhenAll(liar.AnswerAsync(questions), liar.AnswerAsync(orders));
        await liar.WriteReceiptAsync(Receipt(Name));
        await Eventually.TrueAsync(
            async () => (await fleet.A.GetAsync("gates")).AsArray().Any(gate => $"{gate!["name"]}" == Name),
            TimeSpan.FromSeconds(30),
            () => "It is not known.");
        return liar;
    }

    /// <summary>A receipt of a gate that enforces something.</summary>
    public static JsonObject Receipt(string gate) => new()
    {
        ["gate"] = gate,
        ["run"] = "1",
        ["seenEpoch"] = 1,
        ["seenGeneration"] = 1,
        ["appliedEpoch"] = 1,
        ["appliedGeneration"] = 1,
        ["state"] = "Applied",
        ["reason"] = "",
        ["fingerprint"] = "",
        ["revision"] = 1,
        ["disconnected"] = 0,
        ["sessions"] = 0,
        ["since"] = "2026-01-01T00:00:00Z",
        ["programVersion"] = "1.0",
    };

    public async Task WriteReceiptAsync(JsonNode receipt) =>
        await _nats.RequestAsync<byte[], byte[]>($"$KV.mapigate-gates.{Name}", Encoding.UTF8.GetBytes(receipt.ToJsonString())).AsTask().WithinBounds();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _answering.WithinBounds();
        await _nats.DisposeAsync();
        _end.Dispose();
    }

    private async Task AnswerAsync(INatsSub<byte[]> questions)
    {
        try
        {
            await foreach (var question in questions.Msgs.ReadAllAsync(_end.Token))
            {
                var asked = JsonNode.Parse(question.Data)!;
                Most = question.Headers!.TryGetValue("MapiGate-Most", out var most) ? int.Parse(most.ToString(), System.Globalization.CultureInfo.InvariantCulture) : 0;
                if (Lie(asked) is { } lie)
                {
                    await _nats.PublishAsync($"mapigate.answer.{Name}.{question.Headers!["MapiGate-Id"]}", lie);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
