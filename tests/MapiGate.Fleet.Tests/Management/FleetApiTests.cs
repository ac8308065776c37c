using System.Text.Json.Nodes;
using MapiGate.TestSupport;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>One gate's API speaks for all: each row says whose it is.</summary>
public class FleetApiTests
{
    private const string One = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }""";

    [SkippableFact]
    public async Task Gates_AreListed_WithTheDocumentThatEachHasInForce()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var session = fleet.B.Logon("one.exe");

        (await fleet.A.PutAsync(One)).Status.Should().Be(200);
        await fleet.C.WaitForGatesAsync(3);

        var gates = (await fleet.C.GetAsync("gates")).AsArray();
        gates.Select(gate => $"{gate!["name"]}").Should().Equal("gate-a", "gate-b", "gate-c");
        gates.Select(gate => $"{gate!["epoch"]}.{gate["generation"]}").Distinct().Should().ContainSingle().Which.Should().Be("1.2");
        gates.Select(gate => $"{gate!["fingerprint"]}").Distinct().Should().ContainSingle();
        gates.Select(gate => gate!["cut"]!.GetValue<long>()).Should().Equal(0, 1, 0);
        gates.Should().OnlyContain(gate => $"{gate!["version"]}".Length > 0 && gate["ageSeconds"]!.GetValue<double>() < 30);
        session.IsDisconnected.Should().BeTrue();
    }

    [SkippableFact]
    public async Task Preview_IsTheSumOfAll_AndTellsWhereTheyAre()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        fleet.A.Logon("one.exe");
        fleet.B.Logon("ONE.EXE", @"CORP\jane");
        fleet.B.Logon("one.exe");
        fleet.C.Logon("other.exe");

        var preview = (await fleet.C.SendAsync(HttpMethod.Post, "policy/preview", new { document = One })).Body!;

        (preview["disconnected"]!.GetValue<long>(), preview["examined"]!.GetValue<long>()).Should().Be((3, 4));
        preview["byProgram"]!.AsArray().Single()!["sessions"]!.GetValue<long>().Should().Be(3);
        preview["gates"]!.AsArray().ToDictionary(gate => $"{gate!["gate"]}", gate => gate!["disconnected"]!.GetValue<long>())
            .Should().BeEquivalentTo(new Dictionary<string, long> { ["gate-a"] = 1, ["gate-b"] = 2, ["gate-c"] = 0 });
        preview["sessions"]!.AsArray().Count(session => $"{session!["gate"]}" == "gate-b").Should().Be(2);
        preview["missing"]!.AsArray().Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Sessions_OfAllGates_ComePageByPage_EachOnce()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        foreach (var (member, sessions) in new[] { (fleet.A, 7), (fleet.B, 1), (fleet.C, 4) })
        {
            Enumerable.Range(0, sessions).ToList().ForEach(i => member.Logon(i % 2 == 0 ? "even.exe" : "odd.exe"));
        }

        List<string> seen = [];
        for (var after = string.Empty; ;)
        {
            var page = await fleet.B.GetAsync($"sessions?limit=3{after}");
            page["total"]!.GetValue<long>().Should().Be(12);
            seen.AddRange(page["sessions"]!.AsArray().Select(session => $"{session!["gate"]} {session["id"]}"));
            if (page["next"] is not { } next)
            {
                break;
            }

            after = $"&after={next}";
        }

        seen.Should().OnlyHaveUniqueItems().And.HaveCount(12);
        (await fleet.B.GetAsync("sessions?program=even.exe"))["total"]!.GetValue<long>().Should().Be(7);
        (await fleet.B.GetAsync("sessions?gate=gate-c"))["sessions"]!.AsArray().Should().HaveCount(4).And.OnlyContain(session => $"{session!["gate"]}" == "gate-c");
        (await fleet.B.GetAsync("programs")).AsArray().Single(program => $"{program!["process"]}" == "even.exe")!["gates"]!.AsArray().Should().HaveCount(3);
    }

    [SkippableFact]
    public async Task Kick_ReachesTheGateThatHoldsTheSession_AndNoOther()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var a = fleet.A.Logon("one.exe");
        using var b = fleet.B.Logon("one.exe");
        using var other = fleet.C.Logon("other.exe");
        a.Id.Should().Be(b.Id, "a number is a gate's own");

        (await fleet.A.SendAsync(HttpMethod.Post, "sessions/disconnect", new { ids = new[] { b.Id } })).Status.Should().Be(422, "a number alone says nothing");
        var kicked = (await fleet.A.SendAsync(HttpMethod.Post, "sessions/disconnect", new { ids = new[] { b.Id }, gate = "gate-b", reason = "asked to" })).Body!;

        kicked["sessions"]!.GetValue<long>().Should().Be(1);
        $"{kicked["first"]!.AsArray().Single()!["gate"]}".Should().Be("gate-b");
        (b.IsDisconnected, a.IsDisconnected).Should().Be((true, false));

        using var again = fleet.B.Logon("one.exe");
        var would = (await fleet.C.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe", whatIf = true })).Body!;
        would["gates"]!.AsArray().Select(gate => $"{gate!["name"]}").Should().BeEquivalentTo("gate-a", "gate-b");
        a.IsDisconnected.Should().BeFalse();
        (await fleet.C.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe" })).Body!["sessions"]!.GetValue<long>().Should().Be(2);
        (a.IsDisconnected, again.IsDisconnected, other.IsDisconnected).Should().Be((true, true, false));
    }

    [SkippableFact]
    public async Task RefusedAndJournalAndExplain_TellWhichGate()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        (await fleet.A.PutAsync(One)).Status.Should().Be(200);
        await fleet.A.WaitForGatesAsync(3);
        fleet.B.Gatekeeper.TryLogon(new MapiClient { ProcessNames = ["one.exe\u001b[2J"], UserName = "jane" }, out _, out _).Should().BeTrue("that is another name");
        fleet.B.Gatekeeper.TryLogon(new MapiClient { ProcessNames = ["one.exe"], UserName = "jane\u001b[2J" }, out _, out _).Should().BeFalse();

        var refused = (await fleet.A.GetAsync("refused")).AsArray().Single()!;
        ($"{refused["gate"]}", $"{refused["user"]}").Should().Be(("gate-b", "jane[2J"), "what a client sends is cleaned where it comes in");
        var journal = (await fleet.A.GetAsync("journal")).AsArray();
        journal.Where(entry => $"{entry!["kind"]}" == "PolicyChanged").Select(entry => $"{entry!["gate"]}").Distinct().Should().BeEquivalentTo("gate-a", "gate-b", "gate-c");
        $"{journal.Single(entry => $"{entry!["kind"]}" == "LogonRefused")!["gate"]}".Should().Be("gate-b");
        var explained = (await fleet.C.SendAsync(HttpMethod.Post, "explain", new { processes = new[] { "one.exe" } })).Body!;
        explained["gates"]!.AsArray().Should().HaveCount(3).And.OnlyContain(gate => !gate!["isAllowed"]!.GetValue<bool>());
    }

    [SkippableFact]
    public async Task AGateThatDoesNotAnswer_IsNamed_AndTheOthersAnswerAllTheSame()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        fleet.A.Logon("one.exe");
        fleet.C.Logon("one.exe");
        await fleet.C.StopAsync();

        var sessions = await fleet.A.GetAsync("sessions");

        $"{sessions["missing"]!.AsArray().Single()!["gate"]}".Should().Be("gate-c");
        $"{sessions["missing"]![0]!["reason"]}".Should().Contain("did not answer");
        sessions["total"]!.GetValue<long>().Should().Be(1);
        (await fleet.A.MissingAsync("refused")).Should().Be("gate-c");
    }

    [SkippableFact]
    public async Task WithoutServers_AGateAnswersForItself_AndSaysWhoIsMissing()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        fleet.A.Logon("one.exe");
        await fleet.Cluster.Servers[0].KillAsync().WithinBounds();
        await fleet.A.WaitForGatesAsync(1, "STALE");

        var sessions = await fleet.A.GetAsync("sessions");

        sessions["sessions"]!.AsArray().Should().ContainSingle();
        sessions["missing"]!.AsArray().Select(gap => $"{gap!["gate"]}").Should().Equal("gate-b", "gate-c");
        (await fleet.A.GetAsync("status"))["sessions"]!.GetValue<int>().Should().Be(1);
    }
}
