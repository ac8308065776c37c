using MapiGate.TestSupport.Processes;
using Microsoft.Playwright;

namespace MapiGate.Management.Tests.Browser;

/// <summary>What an administrator does on the page.</summary>
public class PageTests
{
    private const string Nasty = "<img src=x onerror=document.title=1>";

    [SkippableFact]
    public async Task WithRealClients_FromTheRuleToTheCutAndBack()
    {
        OpenPage.SkipIfMissing();
        using var host = await StoreHost.StartAsync();
        using var listed = host.Client("--process", "program1.exe");
        using var nasty = host.Client("--process", Nasty, "--user", "johndoe");
        using var outlook = host.Client("--process", "OUTLOOK.EXE", "--user", "marieroe", "--count", "5");
        await listed.WaitForAsync("mailboxOpen");
        await nasty.WaitForAsync("mailboxOpen");
        await outlook.WaitForMailboxesAsync(5);
        await using var page = await OpenPage.AsAdministratorAsync(new Uri(host.ManagementUrl), host.Token);
        await page.ExpectAsync("#programs", Nasty);
        (await page["#main img"].CountAsync()).Should().Be(0, "what a client calls itself is text");

        // A rule is typed; its finding and its preview are seen; it is applied.
        await page.WriteAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe, x" } }""");
        await Assertions.Expect(page["#preview .finding"]).Not.ToHaveCountAsync(0);
        await page.ApplyAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe" } }""", "INC-4711");
        await page.ExpectAsync("#done", "1 of 7 sessions disconnected");
        await listed.WaitForAsync("refused");
        await page.ExpectAsync("#journal", "1 of 7 sessions disconnected");
        await page.ExpectAsync("#refused", "program1.exe");
        await page.ExpectAsync("#history", "INC-4711");
        await page.ExpectAsync("#rules", "program1.exe");

        // One session is kicked, and comes back.
        await page[$"#sessions tr:has-text('johndoe') button"].ClickAsync();
        await page.AgreeAsync();
        await page.ExpectAsync("#done", "1 of 6 sessions disconnected");
        await nasty.WaitForCountAsync("mailboxOpen", 2);
        await page.ShootAsync("policy");

        // It is unblocked, and that is rolled back.
        await page.Button("Unblock program1.exe").ClickAsync();
        await page.AgreeAsync();
        await page.ExpectAsync("#rules", "");
        await page.Button("Roll back to 1").ClickAsync();
        await page.ExpectAsync("#question-text", "It would cut 0 of 6 sessions");
        await page.AgreeAsync();
        await page.ExpectAsync("#rules", "program1.exe");
        outlook.Events.Should().NotContain(line => line.Event == "cut");
        (await page.Page.TitleAsync()).Should().Be("MapiGate");
        page.Complaints.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task HeldChange_IsSeen_Withdrawn_AndConfirmed()
    {
        OpenPage.SkipIfMissing();
        await using var gate = await ManagedGate.StartAsync();
        using var session = gate.Logon("program1.exe", @"CORP\jane", "16.0.15928.20006");
        await using var page = await OpenPage.AsAdministratorAsync(gate);
        const string Document = """{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe", "MaxDisconnects": 0 } }""";

        await page.ApplyAsync(Document, "first try");
        await page.ExpectAsync("#holds", "A change is held");
        await page.ExpectAsync("#holds", "\"program1.exe\" 1");
        await page.ExpectAsync("#summary", "Policy NOT current");
        await page.ShootAsync("held");
        await page.Button("Withdraw the held change").ClickAsync();
        await Assertions.Expect(page[".hold:visible"]).ToHaveCountAsync(0);
        session.IsDisconnected.Should().BeFalse();

        await page.ApplyAsync(Document, "second try");
        await page.Button("Confirm the held change").ClickAsync();
        await page.ExpectAsync("#question-text", "Cut 1 of 1 sessions?");
        await page.AgreeAsync();
        await page.ExpectAsync("#done", "1 of 1 sessions disconnected");
        session.IsDisconnected.Should().BeTrue();
        page.Complaints.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task TwoAdministrators_TheSecondSeesWhatTheFirstDid_AndDecides()
    {
        OpenPage.SkipIfMissing();
        await using var gate = await ManagedGate.StartAsync();
        await using var page = await OpenPage.AsAdministratorAsync(gate);
        await page.WriteAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "mine.exe" } }""");
        const string Theirs = "{\n  \"MapiGate\": {\n    \"DisableMapiClientProcesses\": \"theirs.exe\"\n  }\n}";
        (await gate.SendAsync(HttpMethod.Put, "policy", new { document = Theirs, reason = "INC-1" })).Status.Should().Be(200);

        await page["#apply"].ClickAsync();

        await page.ExpectAsync("#error", "Somebody else has changed the policy");
        await page.ExpectAsync("#moved", "by administrator, \"INC-1\"");
        await page.ExpectAsync("#moved pre", "+     \"DisableMapiClientProcesses\": \"theirs.exe\"");
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("theirs.exe");
        (await page["#document"].InputValueAsync()).Should().Contain("mine.exe", "nobody's writing is taken away");
        await page.ShootAsync("moved");

        // Only whoever says so writes over it.
        await page.Button("Keep mine, over theirs").ClickAsync();
        await Assertions.Expect(page["#moved"]).ToBeHiddenAsync();
        await page["#apply"].ClickAsync();
        await page.ExpectAsync("#rules", "mine.exe");
        await page.WriteAsync("{ }");
        (await gate.SendAsync(HttpMethod.Put, "policy", new { document = Theirs })).Status.Should().Be(200);
        await page.Button("Take theirs, and discard mine").ClickAsync();
        await Assertions.Expect(page["#document"]).ToHaveValueAsync(Theirs);
        page.Complaints.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task ServerRestartedUnderThePage_IsSaid_AndNothingWrittenIsLost()
    {
        OpenPage.SkipIfMissing();
        using var host = await StoreHost.StartAsync();
        await using var page = await OpenPage.AsAdministratorAsync(new Uri(host.ManagementUrl), host.Token);
        await page.ApplyAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "before.exe" } }""", "before");
        await page.ExpectAsync("#rules", "before.exe");
        for (var i = 0; i < 3; i++)
        {
            using var earlier = host.Client("--process", "before.exe");
            await earlier.WaitForAsync("refused");
        }

        await Assertions.Expect(page["#journal li:has-text('Refused')"]).ToHaveCountAsync(3);
        await page.WriteAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "half-writ""");

        host.Kill();
        await Assertions.Expect(page["#lost"]).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });
        await page.ShootAsync("lost");
        await host.StartAgainAsync();

        await Assertions.Expect(page["#lost"]).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 30_000 });
        (await page["#document"].InputValueAsync()).Should().EndWith("half-writ");

        // What happens now is seen, though the new process counts its entries from the beginning.
        using var refused = host.Client("--process", "before.exe");
        await refused.WaitForAsync("refused");
        await Assertions.Expect(page["#journal li:has-text('Refused')"]).ToHaveCountAsync(4);
        await page.ExpectAsync("#refused", "before.exe");
    }

    [SkippableFact]
    public async Task ByKeyboardAlone_AndEverythingHasAName()
    {
        OpenPage.SkipIfMissing();
        await using var gate = await ManagedGate.StartAsync();
        using var session = gate.Logon("program1.exe", @"CORP\jane");
        using var other = gate.Logon("other.exe", @"CORP\john");
        await using var page = await OpenPage.AsAdministratorAsync(gate);
        await page.ExpectAsync("#sessions", @"CORP\jane");

        var nameless = await page.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, select, textarea')]
              .filter(element => !(element.getAttribute('aria-label') || element.labels?.length || element.textContent.trim()))
              .map(element => element.outerHTML)
            """);
        nameless.Should().BeEmpty("a screen reader has to say something");

        // Tab by tab to the button, the question by Escape and by Enter; what happens meanwhile takes nobody's focus.
        await TabToAsync(page, $"Kick session {session.Id}");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page["#question"]).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page["#question"]).ToBeHiddenAsync();
        session.IsDisconnected.Should().BeFalse();
        using var later = gate.Logon("later.exe");
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "nobody.exe" } }""" });
        await page.ExpectAsync("#rules", "nobody.exe");
        await page.ExpectAsync("#sessions", "later.exe");
        (await FocusedAsync(page)).Should().Be($"Kick session {session.Id}");

        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page["#question"]).ToBeVisibleAsync();
        await TabToAsync(page, "Yes");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ExpectAsync("#done", "1 of 3 sessions disconnected");
        session.IsDisconnected.Should().BeTrue();
        other.IsDisconnected.Should().BeFalse();
    }

    private static async Task TabToAsync(OpenPage page, string name)
    {
        for (var i = 0; i < 100 && await FocusedAsync(page) != name; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
        }

        (await FocusedAsync(page)).Should().Be(name);
    }

    private static Task<string> FocusedAsync(OpenPage page) =>
        page.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
}
