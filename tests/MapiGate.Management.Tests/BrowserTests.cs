using Microsoft.Playwright;

namespace MapiGate.Management.Tests;

/// <summary>The page in Debian's chromium. MAPIGATE_SCREENSHOTS names a folder for what it looks like.</summary>
public class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Nasty = "<img src=x onerror=document.title=1>";

    [SkippableFact]
    public async Task Page_FromTheTokenToTheReceipt()
    {
        Skip.IfNot(File.Exists(Chromium), "Install chromium: apt-get install chromium.");
        await using var gate = await ManagedGate.StartAsync();
        using var listed = gate.Logon("program1.exe", @"CORP\jane", "16.0.15928.20006");
        using var nasty = gate.Logon(Nasty, @"CORP\john");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1300, Height = 1500 } });
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Text.Contains("ERR_", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);

        await page.GotoAsync($"{gate.Url}#token={gate.Token}");
        await Assertions.Expect(page.Locator("#summary")).ToContainTextAsync("Policy current");
        page.Url.Should().NotContain(gate.Token);
        await Assertions.Expect(page.Locator("#programs")).ToContainTextAsync(Nasty);
        (await page.Locator("#main img").CountAsync()).Should().Be(0);
        (await page.TitleAsync()).Should().Be("MapiGate");

        // A rule is typed, its finding and its preview are seen, and it is applied.
        await page.Locator("#document").FillAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe, x" } }""");
        await Assertions.Expect(page.Locator("#preview .finding")).Not.ToHaveCountAsync(0);
        await page.Locator("#document").FillAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe" } }""");
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("Would cut 1 of 2 sessions.");
        await page.Locator("#reason").FillAsync("INC-4711");
        await ShootAsync(page, "preview");
        await page.Locator("#apply").ClickAsync();
        await Assertions.Expect(page.Locator("#done")).ToContainTextAsync("1 of 2 sessions disconnected");
        listed.IsDisconnected.Should().BeTrue();
        await Assertions.Expect(page.Locator("#journal")).ToContainTextAsync("added program1.exe");
        await Assertions.Expect(page.Locator("#history")).ToContainTextAsync("INC-4711");

        // One session is kicked.
        await page.GetByRole(AriaRole.Button, new() { Name = $"Kick session {nasty.Id}" }).ClickAsync();
        await page.Locator("#question-yes").ClickAsync();
        await Assertions.Expect(page.Locator("#done")).ToContainTextAsync("1 of 1 sessions disconnected");
        nasty.IsDisconnected.Should().BeTrue();

        // Somebody else has changed the policy meanwhile: nothing is lost.
        await page.Locator("#document").FillAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "mine.exe" } }""");
        (await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "theirs.exe" } }""" })).Status.Should().Be(200);
        await page.Locator("#apply").ClickAsync();
        await Assertions.Expect(page.Locator("#error")).ToContainTextAsync("Somebody else has changed the policy");
        (await page.Locator("#document").InputValueAsync()).Should().Contain("mine.exe");
        await ShootAsync(page, "moved");

        complaints.Should().OnlyContain(text => text.Contains("412", StringComparison.Ordinal), "the page breaks none of its own policy");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(420, 1500);
        await ShootAsync(page, "dark-narrow");
        await gate.StopAsync();
        await Assertions.Expect(page.Locator("#lost")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task HostilePage_OnAnotherPortOfTheSameHost_ChangesNothing()
    {
        Skip.IfNot(File.Exists(Chromium), "Install chromium: apt-get install chromium.");
        await using var gate = await ManagedGate.StartAsync();
        await using var hostile = await ManagedGate.StartAsync();
        using var session = gate.Logon("program1.exe");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BypassCSP = true });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{gate.Url}#token={gate.Token}");
        await Assertions.Expect(page.Locator("#summary")).ToContainTextAsync("Policy current");
        await page.GotoAsync($"{hostile.Url}openapi.json");

        var answers = await page.EvaluateAsync<string[]>("""
            async url => {
              const body = JSON.stringify({ process: 'program1.exe' });
              const tries = [
                { method: 'POST', credentials: 'include', mode: 'no-cors', body },
                { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json', 'X-MapiGate': '1' }, body },
              ];
              const seen = [];
              for (const options of tries) {
                try { seen.push(String((await fetch(url, options)).status)); } catch (error) { seen.push(error.name); }
              }
              return seen;
            }
            """, $"{gate.Url}sessions/disconnect");

        answers.Should().Equal("0", "TypeError");
        session.IsDisconnected.Should().BeFalse();
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MAPIGATE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
