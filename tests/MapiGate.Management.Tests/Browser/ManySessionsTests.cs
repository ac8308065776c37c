using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MapiGate.Management.Tests.Browser;

/// <summary>How long API and page take while many are on. MAPIGATE_SESSIONS says how many; docs/performance.md has the figures.</summary>
public sealed class ManySessionsTests(ITestOutputHelper output)
{
    private static readonly int Sessions = int.Parse(Environment.GetEnvironmentVariable("MAPIGATE_SESSIONS") ?? "10000", CultureInfo.InvariantCulture);

    // Far beyond what it takes: a bound for a shared machine, not a measure.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(Math.Max(5, Sessions / 5_000));

    [SkippableFact]
    public async Task ApiAndPage_StayQuick()
    {
        OpenPage.SkipIfMissing();
        await using var gate = await ManagedGate.StartAsync();
        for (var i = 0; i < Sessions; i++)
        {
            gate.Logon($"program{i % 500}.exe", $@"CORP\user{i}", $"16.0.{15000 + (i % 20)}.1");
        }

        const string Document = """{ "MapiGate": { "DisableMapiClientProcesses": "program1*.exe", "Rules": { "by-user": { "User": "user1*" } } } }""";
        foreach (var path in new[] { "status", "programs", "sessions?limit=200", "sessions?user=user77*&limit=200", "sessions?program=program7.exe&limit=200" })
        {
            await MeasureAsync($"GET {path}", () => gate.GetAsync(path));
        }

        await MeasureAsync("POST policy/preview", () => gate.SendAsync(HttpMethod.Post, "policy/preview", new { document = Document }));
        await MeasureAsync("POST sessions/disconnect, what if", () => gate.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "program1*.exe", whatIf = true }));

        await using var page = await OpenPage.AsAdministratorAsync(gate);
        await page.ExpectAsync("#sessions-total", $"{Sessions.ToString("N0", CultureInfo.InvariantCulture)} in all");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page["#sessions tr"]).Not.ToHaveCountAsync(0);
        Report("page, first contentful paint", await SinceNavigationAsync(page, "performance.getEntriesByName('first-contentful-paint')[0].startTime"));
        Report("page, all parts filled, at most", await SinceNavigationAsync(page, "performance.now()"));
        await MeasureAsync("page, a filter typed and answered", async () =>
        {
            await page["#filter input[name=user]"].FillAsync("user77*");
            await page.Button("Filter").ClickAsync();
            await Assertions.Expect(page["#sessions tr"].First).ToContainTextAsync("user77");
            await page.Button("All").ClickAsync();
            await page.ExpectAsync("#sessions-total", $"{Sessions.ToString("N0", CultureInfo.InvariantCulture)} in all");
        }, times: 1);

        // And the cut itself, seen on the page.
        await MeasureAsync("page, applied until the receipt is seen", async () =>
        {
            await page.ApplyAsync(Document, "INC-4711");
            await page.ExpectAsync("#done", "sessions disconnected");
        }, times: 1);
        page.Complaints.Should().BeEmpty();
    }

    private static async Task<TimeSpan> SinceNavigationAsync(OpenPage page, string expression) => TimeSpan.FromMilliseconds(await page.Page.EvaluateAsync<double>($"() => {expression}"));

    private async Task MeasureAsync(string what, Func<Task> work, int times = 5)
    {
        var taken = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await work();
            taken.Add(TimeProvider.System.GetElapsedTime(start));
        }

        Report(what, taken.Order().ElementAt(times / 2));
    }

    private void Report(string what, TimeSpan taken)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taken.TotalMilliseconds,8:0.0} ms  {what}"));
        taken.Should().BeLessThan(Bound, what);
    }
}
