using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MapiGate.Management.Tests;

public class SafetyTests
{
    private static readonly string[] Shown = ["status", "programs", "sessions", "refused", "findings", "journal", "gates", "policy", "policy/history"];

    [Fact]
    public async Task Mapped_WithoutAuthorization_FailsTheStart()
    {
        var start = () => ManagedGate.StartAsync(configure: _ => { });

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*AddMapiGateTokens*");
    }

    [Fact]
    public async Task NothingButThePage_IsShownWithoutAToken()
    {
        await using var gate = await ManagedGate.StartAsync();
        using var stranger = new HttpClient { BaseAddress = gate.Url };
        foreach (var path in Shown)
        {
            using var answer = await stranger.GetAsync(new Uri(gate.Url, path));
            answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
        }

        using var page = await stranger.GetAsync(gate.Url);
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none'");
    }

    [Fact]
    public async Task TokenThatMayOnlyRead_ChangesNothing()
    {
        await using var gate = await ManagedGate.StartAsync();
        var tokens = JsonNode.Parse(File.ReadAllText(gate.TokenFile))!;
        tokens["helpdesk"] = new JsonObject { ["Token"] = new string('r', 40), ["Right"] = "Read" };
        File.WriteAllText(gate.TokenFile, tokens.ToJsonString());
        gate.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new string('r', 40));

        (await gate.GetAsync("status"))["mayWrite"]!.GetValue<bool>().Should().BeFalse();
        (await gate.SendAsync(HttpMethod.Put, "policy", new { document = "{}" })).Status.Should().Be(403);
        (await gate.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "*" })).Status.Should().Be(403);
        (await gate.SendAsync(HttpMethod.Post, "rules", new { process = "one.exe", whatIf = true })).Status.Should().Be(403);
    }

    [Fact]
    public async Task TokenFile_IsItsOwnersAlone_AndRefusedOtherwise()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var gate = await ManagedGate.StartAsync();
        File.GetUnixFileMode(gate.TokenFile).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        File.SetUnixFileMode(gate.TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        using var answer = await gate.Http.GetAsync(new Uri(gate.Url, "status"));
        answer.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
    }

    [Theory]
    [InlineData("same-site", null, true, 403)]
    [InlineData("cross-site", null, true, 403)]
    [InlineData(null, "http://127.0.0.1:1", true, 403)]
    [InlineData(null, null, true, 403)]
    [InlineData("same-origin", null, false, 403)]
    [InlineData("same-origin", null, true, 200)]
    public async Task WriteWithTheCookie_CountsOnlyFromThePageItself(string? site, string? origin, bool header, int status)
    {
        await using var gate = await ManagedGate.StartAsync();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = gate.Url };
        using var exchange = new HttpRequestMessage(HttpMethod.Post, new Uri(gate.Url, "session")) { Content = JsonContent.Create(new { token = gate.Token }) };
        exchange.Headers.Add("X-MapiGate", "1");
        exchange.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var exchanged = await browser.SendAsync(exchange);
        exchanged.StatusCode.Should().Be(HttpStatusCode.NoContent);
        exchanged.Headers.GetValues("Set-Cookie").Single().Should().Contain("httponly").And.Contain("samesite=strict").And.Contain("path=/mapigate").And.NotContain(gate.Token);

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gate.Url, "sessions/disconnect")) { Content = JsonContent.Create(new { process = "one.exe" }) };
        Add("Sec-Fetch-Site", site);
        Add("Origin", origin);
        Add("X-MapiGate", header ? "1" : null);
        using var answer = await browser.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(status);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }
    }

    [Fact]
    public async Task WrongTokens_AreCounted_AndThenNoneIsTried()
    {
        await using var gate = await ManagedGate.StartAsync();
        using var guesser = new HttpClient();
        guesser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "guess");
        var answers = new List<int>();
        for (var i = 0; i < 25; i++)
        {
            using var answer = await guesser.GetAsync(new Uri(gate.Url, "status"));
            answers.Add((int)answer.StatusCode);
        }

        answers.Should().StartWith(401).And.EndWith(429);
        answers.Count(status => status == 401).Should().Be(20);
    }

    [Fact]
    public async Task Address_WithoutItsSlash_LeadsThereByARelativeAddress()
    {
        await using var gate = await ManagedGate.StartAsync();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var answer = await browser.GetAsync(new Uri(gate.Url, "/mapigate"));

        answer.Headers.Location!.OriginalString.Should().Be("mapigate/");
    }
}
