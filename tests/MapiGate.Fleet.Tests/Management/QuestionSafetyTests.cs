using System.Text;
using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport;
using NATS.Client.Core;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>Who lies, who sends nonsense, and who may not ask.</summary>
public class QuestionSafetyTests
{
    private const string Id = "0123456789abcdef";

    private static readonly (string Subject, string Text)[] Nonsense =
    [
        ("mapigate.ask", ""),
        ("mapigate.ask", "{"),
        ("mapigate.ask", "null"),
        ("mapigate.ask", """{ "ask": "nothing that is known" }"""),
        ("mapigate.ask", """{ "ask": "sessions", "which": null }"""),
        ("mapigate.ask", """{ "ask": "sessions", "which": { "process": "*", "version": "nonsense" } }"""),
        ("mapigate.ask", """{ "ask": "journal", "after": { "": 9223372036854775807 }, "limit": -1 }"""),
        ("mapigate.ask", """{ "ask": "explain", "processes": [null] }"""),
        ("mapigate.ask", """{ "ask": "preview", "document": "{" }"""),
        ("mapigate.do", """{ "ask": "disconnect" }"""),
        ("mapigate.do", """{ "ask": "sessions" }"""),
    ];

    [SkippableFact]
    public async Task Nonsense_IsAnsweredOrNot_AndHarmsNobody()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var session = fleet.B.Logon("one.exe");
        await using var nats = new NatsConnection(new NatsOpts { Url = fleet.Cluster.Urls });

        foreach (var (subject, text) in Nonsense)
        {
            foreach (var head in new[] { new NatsHeaders { ["MapiGate-Id"] = Id }, [], new NatsHeaders { ["MapiGate-Id"] = "a.b *" }, new NatsHeaders { ["MapiGate-Id"] = Id, ["MapiGate-To"] = "> *" } })
            {
                for (var i = 0; i < 100; i++)
                {
                    await nats.PublishAsync(subject, Encoding.UTF8.GetBytes(text), head);
                }
            }

            // So many at once may be too many for a moment, which the answer says.
            JsonNode? sessions = null;
            await Eventually.TrueAsync(async () => (sessions = await fleet.A.GetAsync("sessions"))["total"]!.GetValue<long>() == 1, TimeSpan.FromSeconds(30), () => $"{text}: {sessions}");
            session.IsDisconnected.Should().BeFalse(text);
            fleet.B.Logon("two.exe").Dispose();
        }
    }

    [SkippableFact]
    public async Task AnOrderAmongTheQuestions_IsRefused_WhereAnybodyMayAsk()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var session = fleet.B.Logon("one.exe");
        await using var nats = new NatsConnection(new NatsOpts { Url = fleet.Cluster.Urls });
        await using var answers = await nats.SubscribeCoreAsync<byte[]>($"mapigate.answer.gate-b.{Id}");
        var kick = new DisconnectOrder { Which = new SessionConditions { Process = "one.exe" } };

        await nats.PublishAsync("mapigate.ask", kick.ToBytes(), new NatsHeaders { ["MapiGate-Id"] = Id });

        (await answers.Msgs.ReadAsync().AsTask().WithinBounds()).Headers!["MapiGate-Failed"].ToString().Should().Contain("order");
        session.IsDisconnected.Should().BeFalse();
    }

    [SkippableFact]
    public async Task AnOrder_IsCarriedOut_OnlyWhileSomebodyWaitsForIt()
    {
        await using var fleet = await ManagedFleet.StartWithRightsAsync();
        using var session = fleet.B.Logon("one.exe");
        await using var nats = new NatsConnection(fleet.Rights!.OptionsOf(FleetRights.Administrator, fleet.Cluster.Urls));
        await using var answers = await nats.SubscribeCoreAsync<byte[]>($"mapigate.answer.gate-b.{Id}");
        var kick = new DisconnectOrder { Which = new SessionConditions { Process = "one.exe" } };

        // As an order comes out of the socket of a gate that was frozen: whoever gave it has gone.
        await nats.PublishAsync("mapigate.do", kick.ToBytes(), new NatsHeaders { ["MapiGate-Id"] = "ffff" });
        await nats.PublishAsync("mapigate.do", kick.ToBytes(), new NatsHeaders { ["MapiGate-Id"] = Id });

        var heard = await answers.Msgs.ReadAsync().AsTask().WithinBounds();
        heard.Headers!.Should().ContainKey("MapiGate-Heard");
        session.IsDisconnected.Should().BeFalse();
        await heard.ReplyAsync(Array.Empty<byte>());
        (await answers.Msgs.ReadAsync().AsTask().WithinBounds()).Headers!.Should().NotContainKey("MapiGate-Heard");
        session.IsDisconnected.Should().BeTrue();
        fleet.B.Gatekeeper.Journal.Recent.Count(entry => entry.Kind == JournalEntryKind.SessionDisconnected).Should().Be(1);
    }

    [SkippableFact]
    public async Task AnOrderThatWaitedInAFrozenGatesWire_IsNotCarriedOut_WhenItThaws()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var wire = new Relay(cluster.Servers[0].Port);
        await using var a = await ManagedMember.StartAsync("gate-a", cluster.Urls);
        await using var b = await ManagedMember.StartAsync("gate-b", wire.Url);
        await a.WaitForGatesAsync(2);
        using var session = b.Logon("one.exe");

        wire.Freeze();
        var kicked = (await a.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe" })).Body!;
        $"{kicked["missing"]!.AsArray().Single()!["gate"]}".Should().Be("gate-b");
        wire.Mend();

        // Once it answers again, it has got what waited for it.
        await Eventually.TrueAsync(async () => (await a.GetAsync("sessions"))["missing"]!.AsArray().Count == 0, TimeSpan.FromSeconds(30), () => "It does not come back.");
        session.IsDisconnected.Should().BeFalse();
        (await a.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe" })).Body!["sessions"]!.GetValue<long>().Should().Be(1);
    }

    [SkippableFact]
    public async Task AHostThatHoldsItsOwnGateUp_HoldsUpNobodyWhoAsks()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var a = fleet.A.Logon("one.exe");
        using var b = fleet.B.Logon("one.exe");
        using var policy = new HeldPolicy();
        var applying = Task.Run(() => fleet.A.Gatekeeper.Apply(policy));
        await policy.Asked.WithinBounds();

        var kicked = (await fleet.A.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe" })).Body!;

        $"{kicked["missing"]!.AsArray().Single()!["gate"]}".Should().Be("gate-a");
        b.IsDisconnected.Should().BeTrue();
        policy.Release();
        await applying.WithinBounds();
    }

    [SkippableFact]
    public async Task AnAnswerThatIsTooLong_IsCut_AndSaysSo()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        var name = new string('\u00fc', 120);
        Enumerable.Range(0, 1000).ToList().ForEach(i => fleet.B.Logon(name, $@"{name}\{i}"));

        List<string> seen = [];
        var page = await fleet.A.GetAsync("sessions?limit=1000");
        while (true)
        {
            page["total"]!.GetValue<long>().Should().Be(1000);
            seen.AddRange(page["sessions"]!.AsArray().Select(session => $"{session!["id"]}"));
            if (page["next"] is not { } next)
            {
                break;
            }

            page = await fleet.A.GetAsync($"sessions?limit=1000&after={next}");
        }

        seen.Should().OnlyHaveUniqueItems().And.HaveCount(1000);
    }

    [SkippableFact]
    public async Task AnAnswerInAnothersName_IsNotBelieved()
    {
        await using var fleet = await ManagedFleet.StartWithRightsAsync();
        fleet.B.Logon("one.exe");
        await using var liar = new NatsConnection(fleet.Rights!.OptionsOf("gate-c", fleet.Cluster.Urls));
        var denied = new TaskCompletionSource<string>();
        liar.ServerError += (_, error) =>
        {
            denied.TrySetResult(error.Error);
            return ValueTask.CompletedTask;
        };
        await using var questions = await liar.SubscribeCoreAsync<byte[]>("mapigate.ask");
        await liar.PingAsync();
        var lying = Task.Run(async () =>
        {
            var question = await questions.Msgs.ReadAsync();
            var lie = Encoding.UTF8.GetBytes("""{ "rows": [], "total": 4711, "hasMore": false }""");
            var id = question.Headers!["MapiGate-Id"].ToString();
            await liar.PublishAsync($"mapigate.answer.gate-b.{id}", lie);
            await liar.PublishAsync($"mapigate.answer.gate-c.{id}", lie);
        });

        var sessions = await fleet.A.GetAsync("sessions");

        await lying.WithinBounds();
        (await denied.Task.WithinBounds()).Should().Contain("mapigate.answer.gate-b");
        sessions["sessions"]!.AsArray().Should().ContainSingle(session => $"{session!["gate"]}" == "gate-b");
    }

    [SkippableFact]
    public async Task AGateWithoutAnAdministratorsCredentials_Shows_AndDoesNotChange()
    {
        await using var fleet = await ManagedFleet.StartWithRightsAsync();
        using var a = fleet.A.Logon("one.exe");
        using var b = fleet.B.Logon("one.exe");

        (await fleet.B.GetAsync("status"))["mayWrite"]!.GetValue<bool>().Should().BeFalse();
        var (status, problem) = await fleet.B.PutAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }""");
        status.Should().Be(403);
        $"{problem!["detail"]}".Should().Contain("administrator's credentials");
        (await fleet.B.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe" })).Status.Should().Be(403);
        (await fleet.B.SendAsync(HttpMethod.Post, "rules", new { process = "one.exe" })).Status.Should().Be(403);
        var sessions = await fleet.B.GetAsync("sessions");
        $"{sessions["sessions"]!.AsArray().Single()!["gate"]}".Should().Be("gate-b");
        $"{sessions["missing"]!.AsArray().Single()!["reason"]}".Should().Contain("administrator's credentials");
        (a.IsDisconnected, b.IsDisconnected).Should().Be((false, false));

        (await fleet.A.GetAsync("status"))["mayWrite"]!.GetValue<bool>().Should().BeTrue();
        (await fleet.A.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe" })).Body!["sessions"]!.GetValue<long>().Should().Be(2);
        (a.IsDisconnected, b.IsDisconnected).Should().Be((true, true));
    }
}
