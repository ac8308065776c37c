using System.Text;
using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>Whatever a gate answers, who asks gets the others' answers, and is told that this one has none.</summary>
public class LyingGateTests
{
    private const string Session = """{ "id": 1, "process": "x.exe", "startedAt": "2026-01-01T00:00:00Z", "lastActiveAt": "2026-01-01T00:00:00Z", "version": null, "user": null, "mailbox": null, "machine": null, "address": null }""";
    private const string Preview = """ "errors": [], "fingerprint": "0", "examined": 1, "disconnected": 1, "byProgram": [], "byRule": [], "byUser": [], "byAddress": [], "sessions": [] """;
    private const string Receipt = """{ "revision": 1, "disconnected": 1, "examined": 1, "elapsedMilliseconds": 1, "held": null, "text": "" }""";

    private static readonly (string Ask, string Lie)[] Lies =
    [
        ("sessions", """{ "rows": [null], "total": 1, "hasMore": false }"""),
        ("sessions", """{ "rows": [], "total": 9223372036854775807, "hasMore": false }"""),
        ("sessions", """{ "rows": [], "total": -1, "hasMore": false }"""),
        ("sessions", """{ "rows": [], "total": 1, "hasMore": true }"""),
        ("sessions", $$"""{ "rows": [{{Session}}, {{Session}}], "total": 2, "hasMore": true }"""),
        ("programs", """{ "rows": [null], "total": 1, "hasMore": false }"""),
        ("programs", """{ "rows": [{ "process": "x", "sessions": 9223372036854775807, "refused": 0, "versions": [] }], "total": 1, "hasMore": false }"""),
        ("programs", """{ "rows": [{ "process": "x", "sessions": 1, "refused": 0, "versions": [null] }], "total": 1, "hasMore": false }"""),
        ("refused", """{ "rows": [null], "total": 1, "hasMore": false }"""),
        ("journal", """{ "start": "0", "rows": [null], "hasMore": false }"""),
        ("preview", $$"""{ {{Preview.Replace("\"sessions\": []", "\"sessions\": [null]", StringComparison.Ordinal)}} }"""),
        ("preview", $$"""{ {{Preview.Replace("\"byProgram\": []", "\"byProgram\": [null]", StringComparison.Ordinal)}} }"""),
        ("preview", $$"""{ {{Preview.Replace("\"errors\": []", "\"errors\": [null]", StringComparison.Ordinal)}} }"""),
        ("preview", $$"""{ {{Preview.Replace("\"examined\": 1", "\"examined\": 9223372036854775807", StringComparison.Ordinal)}} }"""),
        ("preview", $$"""{ {{Preview.Replace("\"disconnected\": 1", "\"disconnected\": -1000", StringComparison.Ordinal)}} }"""),
        ("explain", """{ "isAllowed": true, "rule": null, "message": null, "exemption": null, "text": "", "steps": [null] }"""),
        ("disconnect", $$"""{ "receipt": {{Receipt}}, "first": [null] }"""),
        ("disconnect", $$"""{ "receipt": {{Receipt.Replace("\"disconnected\": 1", "\"disconnected\": 9223372036854775807", StringComparison.Ordinal)}}, "first": [] }"""),
        ("disconnect", $$"""{ "receipt": {{Receipt.Replace("\"elapsedMilliseconds\": 1", "\"elapsedMilliseconds\": 1e999", StringComparison.Ordinal)}}, "first": [] }"""),
        .. new[] { "sessions", "programs", "refused", "journal", "preview", "explain", "disconnect" }.SelectMany(ask => new[]
        {
            "", "null", "[]", "{}", "\"\\ud800\"", "{ \"rows\": \"\\ud800\" }", new string('[', 100_000), "{ \"rows\": { } }", "{ \"rows\": [[]], \"total\": \"1\" }",
        }.Select(lie => (ask, lie))),
    ];

    [SkippableFact]
    public async Task NoAnswer_IsAnError_ButForTheGateThatGaveIt()
    {
        await using var fleet = await ManagedFleet.StartWithRightsAsync();
        await using var liar = await LyingGate.StartAsync(fleet);
        using var _ = fleet.B.Logon("one.exe");

        foreach (var (ask, lie) in Lies.Append(("sessions", "\u0001\u00ff")))
        {
            liar.Lie = question => $"{question["ask"]}" == ask ? Encoding.Latin1.GetBytes(lie) : null;
            (await MissingAsync(fleet.A, ask)).Should().Contain(LyingGate.Name, "{0} was answered with {1}", ask, lie[..Math.Min(200, lie.Length)]);
        }

        liar.Lie = _ => "{}"u8.ToArray();
        $"{(await fleet.A.GetAsync("sessions"))["missing"]!.AsArray().Single()!["reason"]}".Should().Contain("cannot be read");
        (await fleet.A.GetAsync("sessions"))["sessions"]!.AsArray().Should().ContainSingle(session => $"{session!["gate"]}" == "gate-b");
        (await fleet.A.PutAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }""")).Status.Should().Be(200);
    }

    [SkippableFact]
    public async Task TheLastNumberThereIs_MakesNoOtherGateLate()
    {
        await using var fleet = await ManagedFleet.StartWithRightsAsync();
        await using var liar = await LyingGate.StartAsync(fleet);

        var newest = (await fleet.A.Fleet.ReadAsync()).Document!;
        var receipt = LyingGate.Receipt(LyingGate.Name);
        (receipt["fingerprint"], receipt["appliedEpoch"]) = (newest.Fingerprint, long.MaxValue);
        await liar.WriteReceiptAsync(receipt);

        var state = (await fleet.A.Fleet.ReadAsync()).Gates.Single(gate => gate.Name == LyingGate.Name);
        state.State.Should().Be(FleetGateState.Diverged, state.ToString());
        state.Applied.Should().Be(PolicyPosition.None);
    }

    [SkippableFact]
    public async Task AReceiptThatCannotBeRead_HidesNoGate()
    {
        await using var fleet = await ManagedFleet.StartWithRightsAsync();
        await using var liar = await LyingGate.StartAsync(fleet);

        foreach (var receipt in new[] { "[null]", "{}", "null", "\"of another version\"" })
        {
            await liar.WriteReceiptAsync(JsonNode.Parse(receipt) ?? JsonValue.Create("null")!);

            var gate = (await fleet.A.GetAsync("gates")).AsArray().Single(gate => $"{gate!["name"]}" == LyingGate.Name)!;
            ($"{gate["state"]}", $"{gate["detail"]}").Should().Be(("DIVERGED", "Its receipt cannot be read; is it of another version?"));
        }
    }

    [SkippableFact]
    public async Task ManyGates_AreAskedForLess_SoThatAllTogetherAreNotTooMuch()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        await using var nats = new NATS.Client.Core.NatsConnection(new NATS.Client.Core.NatsOpts { Url = fleet.Cluster.Urls });
        await fleet.C.StopAsync();
        await using var liar = await LyingGate.StartAsync(fleet);
        liar.Lie = _ => Encoding.UTF8.GetBytes($$"""{ "rows": [], "total": 1, "hasMore": false {{new string(' ', 900_000)}} }""");
        Enumerable.Range(0, 1000).ToList().ForEach(i => fleet.B.Logon($"{i}{new string('x', 100)}.exe", $"{i}{new string('y', 100)}"));
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => nats.RequestAsync<string, byte[]>($"$KV.mapigate-gates.g{i}", LyingGate.Receipt($"g{i}").ToJsonString()).AsTask()));
        await Eventually.TrueAsync(async () => (await fleet.A.Fleet.ReadAsync()).Gates.Count == 1003, TimeSpan.FromSeconds(30), () => "They are not known.");

        var preview = (await fleet.A.SendAsync(HttpMethod.Post, "policy/preview", new { document = """{ "MapiGate": { "Rules": { "all": { "Process": "*.exe" } } } }""" })).Body!;

        liar.Most.Should().BeInRange(1, 64 * 1024, "a thousand times that is what this gate may need");
        preview["disconnected"]!.GetValue<long>().Should().Be(1000);
        preview["byProgram"]!.AsArray().Should().NotBeEmpty();
        var reasons = preview["missing"]!.AsArray().ToDictionary(gap => $"{gap!["gate"]}", gap => $"{gap!["reason"]}");
        reasons.Should().HaveCount(1001).And.NotContainKey("gate-b");
        reasons[LyingGate.Name].Should().Contain("too long");
    }

    private static async Task<string> MissingAsync(ManagedMember member, string ask)
    {
        var (path, body) = ask switch
        {
            "preview" => ("policy/preview", (object)new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "none.exe" } }""" }),
            "explain" => ("explain", new { processes = new[] { "one.exe" } }),
            "disconnect" => ("sessions/disconnect", new { process = "none.exe" }),
            _ => (ask, null),
        };
        if (body is null)
        {
            return await member.MissingAsync(path);
        }

        var (status, answer) = await member.SendAsync(HttpMethod.Post, path, body);
        status.Should().Be(200, ask);
        return string.Join(", ", answer!["missing"]!.AsArray().Select(gap => $"{gap!["gate"]}"));
    }
}
