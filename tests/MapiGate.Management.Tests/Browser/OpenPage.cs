using Microsoft.Playwright;

namespace MapiGate.Management.Tests.Browser;

/// <summary>The page in Debian's chromium, signed in. MAPIGATE_SCREENSHOTS names a folder for what it looks like.</summary>
internal sealed partial class OpenPage : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private OpenPage(IPlaywright playwright, IBrowser browser, IBrowserContext context, IPage page) =>
        (_playwright, _browser, Context, Page) = (playwright, browser, context, page);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What the page, or the browser of it, has complained of: errors of script, breaches of its policy.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Every address asked for, and every referrer sent.</summary>
    public List<string> Sent { get; } = [];

    public static void SkipIfMissing() => Skip.IfNot(File.Exists(Chromium), "This test opens the page: apt-get install chromium.");

    public static async Task<OpenPage> AsAdministratorAsync(Uri url, string token, bool isNaked = false)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
        });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 1000 }, BypassCSP = isNaked });
        var opened = new OpenPage(playwright, browser, context, await context.NewPageAsync());
        opened.Listen();
        await opened.Page.GotoAsync($"{url}#token={token}");
        await opened.ExpectAsync("#summary", "Policy current");
        return opened;
    }

    public ILocator this[string selector] => Page.Locator(selector);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public Task ExpectAsync(string selector, string text) => Assertions.Expect(Page.Locator(selector)).ToContainTextAsync(text, new LocatorAssertionsToContainTextOptions { Timeout = 30_000 });

    public Task WriteAsync(string document) => Page.Locator("#document").FillAsync(document);

    /// <summary>Writes a document and applies it.</summary>
    public async Task ApplyAsync(string document, string reason)
    {
        await WriteAsync(document);
        await ExpectAsync("#preview", "Would cut");
        await Page.Locator("#reason").FillAsync(reason);
        await Page.Locator("#apply").ClickAsync();
    }

    public Task AgreeAsync() => Page.Locator("#question-yes").ClickAsync();

    /// <summary>What it looks like, wide and narrow, light and dark.</summary>
    public async Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("MAPIGATE_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (width, size) in new[] { (1400, "wide"), (420, "narrow") })
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await Page.SetViewportSizeAsync(width, 1000);
                await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                await Page.EvaluateAsync("() => scrollTo(0, 0)");
                await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{size}-{scheme}.png"), FullPage = true });
            }
        }

        await Page.SetViewportSizeAsync(1400, 1000);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    private void Listen()
    {
        Page.Console += (_, message) =>
        {
            // That the server says no is no complaint of the page's, nor that it is away.
            if (message.Type is "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal) && !message.Text.Contains("ERR_", StringComparison.Ordinal))
            {
                Complaints.Add(message.Text);
            }
        };
        Page.PageError += (_, error) => Complaints.Add(error);
        Page.Request += (_, request) =>
        {
            Sent.Add(request.Url);
            Sent.AddRange(request.Headers.Where(header => header.Key == "referer").Select(header => header.Value));
        };
    }
}
