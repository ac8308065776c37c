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
    public async Task Preview_OfManySessions_CountsAll_AndShowsTheFirst()
    {
        await using var gate = await ManagedGate.StartAsync();
        for (var i = 0; i < 5000; i++)
        {
            gate.Logon(i % 2 == 0 ? "one.exe" : "two.exe", $"user{i}");
        }

        var document = new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe; two*.exe" } }""" };
        var (status, preview) = await gate.SendAsync(HttpMethod.Post, "policy/preview", document);

        status.Should().Be(200);
        preview!["disconnected"]!.GetValue<long>().Should().Be(5000);
        Counts("byProgram").Should().Equal(("one.exe", 2500), ("two.exe", 2500));
        Counts("byRule").Should().Equal(("one.exe", 2500), ("two*.exe", 2500));
        Counts("byUser").Should().HaveCount(100);
        preview["sessions"]!.AsArray().Should().HaveCount(200);

        IEnumerable<(string, int)> Counts(string by) =>
            preview![by]!.AsArray().Select(count => (count!["name"]!.GetValue<string>(), count["sessions"]!.GetValue<int>())).OrderBy(count => count.Item1, StringComparer.Ordinal).ToList();
    }

    [Fact]
    public async Task EveryAddress_IsAsDescribed()
    {
        await using var gate = await ManagedGate.StartAsync();
        using var session = gate.Logon("one.exe", "jane", "16.0.15000.1");
        var document = new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "two.exe, x", "Rules": { "r": { "Process": "three.exe", "Until": "2100-01-01T00:00:00Z" } } } }""", reason = "INC-1" };
        (await gate.SendAsync(HttpMethod.Put, "policy", document)).Status.Should().Be(200);
        gate.Gatekeeper.TryLogon(ManagedGate.Client("three.exe", "john", "16.0.1.1"), out _, out _).Should().BeFalse();

        // What is asked and answered is held against openapi.json by the client of these tests.
        foreach (var path in new[] { "status", "programs", "refused", "findings", "gates", "sessions?program=one*&user=jane&version=-17&limit=1&after=0", "journal?after=0&limit=10", "policy", "policy/history" })
        {
            await gate.GetAsync(path);
        }

        (await gate.SendAsync(HttpMethod.Post, "policy/preview", document)).Status.Should().Be(200);
        (await gate.SendAsync(HttpMethod.Post, "explain", new { processes = new[] { "three.exe" }, version = "16.0.1.1", user = "john" })).Status.Should().Be(200);
        (await gate.SendAsync(HttpMethod.Post, "explain", new { version = "nonsense" })).Status.Should().Be(422);
        (await gate.SendAsync(HttpMethod.Post, "sessions/disconnect", new { ids = new[] { session.Id }, whatIf = true })).Status.Should().Be(200);
        (await gate.SendAsync(HttpMethod.Delete, "rules/r?reason=INC-2")).Status.Should().Be(200);
        (await gate.SendAsync(HttpMethod.Delete, "rules/r")).Status.Should().Be(404);
        (await gate.SendAsync(HttpMethod.Post, "policy/rollback", new { number = 99 })).Status.Should().Be(404);
        (await gate.SendAsync(HttpMethod.Post, "policy/confirm", new { fingerprint = "none" })).Status.Should().Be(409);
    }

    [Fact]
    public async Task Journal_GoesOnAfterTheLastSeen_AndBeginsAnewForWhoSawAnotherStart()
    {
        await using var gate = await ManagedGate.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await gate.SendAsync(HttpMethod.Put, "policy", new { document = $$"""{ "MapiGate": { "DisableMapiClientProcesses": "p{{i}}.exe" } }""" });
        }

        var first = await ReadIdAsync(null);
        var start = first.Split('-')[0];
        first.Should().Be($"{start}-1");
        (await ReadIdAsync($"{start}-3")).Should().Be($"{start}-4");
        (await ReadIdAsync("0-3")).Should().Be(first, "the third of another start is none of this one's");

        async Task<string> ReadIdAsync(string? last)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gate.Url, "journal"));
            request.Headers.Accept.ParseAdd("text/event-stream");
            request.Headers.Add("Last-Event-ID", last is null ? [] : [last]);
            using var answer = await gate.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WithinBounds();
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            string? line;
            while ((line = await reader.ReadLineAsync().WithinBounds())?.StartsWith("id: ", StringComparison.Ordinal) == false)
            {
            }

            return line!["id: ".Length..];
        }
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
