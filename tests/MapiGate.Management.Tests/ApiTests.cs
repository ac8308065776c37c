using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Management.Tests;

public class ApiTests
{
    [Fact]
    public async Task Block_WithWhatIf_SaysWhomItWouldCut_AndWithout_CutsThem()
    {
        await using var gate = await ManagedGate.StartAsync();
        using var outlook = gate.Logon("OUTLOOK.EXE", @"CORP\jane", "16.0.15000.1");
        using var newer = gate.Logon("OUTLOOK.EXE", @"CORP\john", "16.0.16000.1");
        var order = new { process = "OUTLOOK.EXE", version = "-16.0.15927.65535", forSeconds = 7200, reason = "INC-4711", whatIf = true };

        var (previewed, preview) = await gate.SendAsync(HttpMethod.Post, "rules", order);
        previewed.Should().Be(202);
        preview!["disconnected"]!.GetValue<long>().Should().Be(1, preview.ToString());
        preview["byUser"]![0]!["name"]!.GetValue<string>().Should().Be(@"CORP\jane");
        outlook.IsDisconnected.Should().BeFalse();

        var (status, body) = await gate.SendAsync(HttpMethod.Post, "rules", order with { whatIf = false });
        status.Should().Be(200, body?.ToString());
        body!["receipt"]!["disconnected"]!.GetValue<long>().Should().Be(1);
        outlook.IsDisconnected.Should().BeTrue();
        newer.IsDisconnected.Should().BeFalse();
        (await gate.GetAsync("policy/history"))[0]!["author"]!.GetValue<string>().Should().Be("administrator");
        gate.Gatekeeper.InForce.Rules.Single().Until.Should().NotBeNull();

        (await gate.SendAsync(HttpMethod.Delete, "rules/block-outlook.exe")).Status.Should().Be(200);
        gate.Gatekeeper.InForce.Rules.Should().BeEmpty();
    }

    [Fact]
    public async Task TwoAdministrators_TheSecondIsTold_AndLosesNothing()
    {
        await using var gate = await ManagedGate.StartAsync();
        var seen = (await gate.GetAsync("policy"))["version"]!.GetValue<string>();
        (await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }""" }, seen)).Status.Should().Be(200);

        var (status, problem) = await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { } }""" }, seen);

        status.Should().Be(412);
        problem!["title"]!.GetValue<string>().Should().Contain("Somebody else");
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");
    }

    [Fact]
    public async Task HeldChange_IsConfirmedOrWithdrawnByTheDocument()
    {
        await using var gate = await ManagedGate.StartAsync();
        using var session = gate.Logon("one.exe");
        var held = new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe", "MaxDisconnects": 0 } }""" };
        var (_, first) = await gate.SendAsync(HttpMethod.Put, "policy", held);
        var fingerprint = first!["receipt"]!["held"]!["fingerprint"]!.GetValue<string>();

        (await gate.SendAsync(HttpMethod.Post, "policy/withdraw", new { fingerprint })).Status.Should().Be(200);
        gate.Gatekeeper.Status.Holds.Should().BeEmpty();
        (await gate.SendAsync(HttpMethod.Put, "policy", held)).Body!["receipt"]!["held"].Should().NotBeNull();
        var (status, confirmed) = await gate.SendAsync(HttpMethod.Post, "policy/confirm", new { fingerprint });

        status.Should().Be(200, confirmed?.ToString());
        confirmed!["receipt"]!["disconnected"]!.GetValue<long>().Should().Be(1);
        session.IsDisconnected.Should().BeTrue();
        File.ReadAllText(gate.PolicyFile).Should().Contain("ConfirmChange");
    }

    [Fact]
    public async Task Rollback_PutsAnEarlierDocumentInForce()
    {
        await using var gate = await ManagedGate.StartAsync();
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }""" });
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { } }""" });

        (await gate.SendAsync(HttpMethod.Post, "policy/rollback", new { number = 1 })).Status.Should().Be(200);

        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");
    }

    [Fact]
    public async Task Problem_NamesKeyValueAndFix()
    {
        await using var gate = await ManagedGate.StartAsync();

        var (status, problem) = await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "Mode": "Maybe" } }""" });

        status.Should().Be(422);
        var error = problem!["errors"]![0]!;
        error["key"]!.GetValue<string>().Should().Be("MapiGate:Mode");
        error["value"]!.GetValue<string>().Should().Be("Maybe");
        error["fix"]!.GetValue<string>().Should().StartWith("write Enforce or ReportOnly");
    }

    [Fact]
    public async Task Sessions_PageByPage_ShowEachThatStaysOnce_WhileOthersComeAndGo()
    {
        await using var gate = await ManagedGate.StartAsync();
        var staying = Enumerable.Range(0, 50).Select(i => gate.Logon("stays.exe")).ToList();
        var seen = new List<long>();
        var path = "sessions?program=stays*&limit=7";
        for (long? after = null; ;)
        {
            using var comes = gate.Logon("goes.exe");
            var page = await gate.GetAsync(after is null ? path : $"{path}&after={after}");
            seen.AddRange(page["sessions"]!.AsArray().Select(session => session!["id"]!.GetValue<long>()));
            after = page["next"]?.GetValue<long>();
            if (after is null)
            {
                break;
            }
        }

        seen.Should().BeEquivalentTo(staying.Select(session => session.Id)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Kick_CutsThoseChosen_AndThePolicyStays()
    {
        await using var gate = await ManagedGate.StartAsync();
        using var chosen = gate.Logon("one.exe", "jane");
        using var other = gate.Logon("one.exe", "john");

        var (status, body) = await gate.SendAsync(HttpMethod.Post, "sessions/disconnect", new { user = "jane", reason = "INC-1" });

        status.Should().Be(200);
        body!["receipt"]!["disconnected"]!.GetValue<long>().Should().Be(1);
        chosen.IsDisconnected.Should().BeTrue();
        other.IsDisconnected.Should().BeFalse();
        (await gate.SendAsync(HttpMethod.Post, "sessions/disconnect", new { reason = "all" })).Status.Should().Be(422);
    }

    [Fact]
    public async Task Unblock_OfWhatAnotherSourceHolds_NamesIt()
    {
        await using var gate = await ManagedGate.StartAsync(host =>
        {
            host.Services.AddMapiGateTokens();
            ((IConfigurationBuilder)host.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("MapiGate:DisableMapiClientProcesses", "one.exe")] });
        });

        var (status, problem) = await gate.SendAsync(HttpMethod.Delete, "rules/one.exe");

        status.Should().Be(409);
        problem!["detail"]!.GetValue<string>().Should().Contain("MemoryConfigurationProvider");
    }

    [Fact]
    public async Task Journal_Live_TellsOfAChange_AndEndsWithTheHost()
    {
        await using var gate = await ManagedGate.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gate.Url, "journal"));
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await gate.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WithinBounds();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }""" });

        string? line;
        while ((line = await reader.ReadLineAsync().WithinBounds()) is not null && !line.Contains("PolicyChanged", StringComparison.Ordinal))
        {
        }

        line.Should().NotBeNull();
        await gate.StopAsync();
        (await reader.ReadToEndAsync().WithinBounds()).Should().NotContain("SessionDisconnected");
    }
}
