using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Mapped_ForAnybody_FailsTheStart()
    {
        var start = () => ManagedGate.StartAsync(map: app => app.MapMapiGateManagement().WithMetadata(new AllowAnonymousAttribute()));

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*needs authorization*");
    }

    [Theory]
    [InlineData(null, 401, 401, 401)]
    [InlineData("guest", 403, 403, 403)]
    [InlineData("helpdesk", 200, 200, 403)]
    [InlineData("administrator", 200, 200, 200)]
    public async Task HostsOwnPolicies_AreAskedForEach(string? role, int page, int read, int write)
    {
        await using var gate = await ManagedGate.StartAsync(
            host =>
            {
                host.Services.AddAuthentication("role").AddScheme<AuthenticationSchemeOptions, RoleAuthentication>("role", null);
                host.Services.AddAuthorizationBuilder()
                    .AddPolicy("Look", policy => policy.RequireRole("helpdesk", "administrator"))
                    .AddPolicy("Change", policy => policy.RequireRole("administrator"));
            },
            app => app.MapMapiGateManagement(configure: options => (options.ReadPolicy, options.WritePolicy) = ("Look", "Change")));
        if (role is not null)
        {
            gate.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Role", role);
        }

        (await StatusAsync(HttpMethod.Get, "")).Should().Be(page);
        (await StatusAsync(HttpMethod.Get, "status")).Should().Be(read);
        (await StatusAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe" })).Should().Be(write);
        if (read == 200)
        {
            (await gate.GetAsync("status"))["mayWrite"]!.GetValue<bool>().Should().Be(write == 200);
        }

        async Task<int> StatusAsync(HttpMethod method, string path, object? body = null)
        {
            using var request = new HttpRequestMessage(method, new Uri(gate.Url, path)) { Content = body is null ? null : JsonContent.Create(body) };
            using var answer = await gate.Http.SendAsync(request);
            return (int)answer.StatusCode;
        }
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
        gate.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gate.AddToken("helpdesk", "Read"));

        (await gate.GetAsync("status"))["mayWrite"]!.GetValue<bool>().Should().BeFalse();
        (await gate.SendAsync(HttpMethod.Put, "policy", new { document = "{}" })).Status.Should().Be(403);
        (await gate.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "*" })).Status.Should().Be(403);
        (await gate.SendAsync(HttpMethod.Post, "rules", new { process = "one.exe", whatIf = true })).Status.Should().Be(403);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TokenTakenOut_ReadsTheJournalNoFurther(bool isByCookie)
    {
        await using var gate = await ManagedGate.StartAsync();
        var before = await File.ReadAllTextAsync(gate.TokenFile);
        var token = gate.AddToken("helpdesk", "Read");
        using var reader = new HttpClient { BaseAddress = gate.Url };
        if (isByCookie)
        {
            reader.DefaultRequestHeaders.Add("X-MapiGate", "1");
            reader.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
            using var signedIn = await reader.PostAsJsonAsync("session", new { token });
            signedIn.StatusCode.Should().Be(HttpStatusCode.NoContent);
        }
        else
        {
            reader.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        reader.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
        using var lines = new StreamReader(await reader.GetStreamAsync("journal").WithinBounds());
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }""" });
        while ((await lines.ReadLineAsync().WithinBounds())?.Contains("one.exe", StringComparison.Ordinal) == false)
        {
        }

        await File.WriteAllTextAsync(gate.TokenFile, before);
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "two.exe" } }""" });

        (await lines.ReadToEndAsync().WithinBounds()).Should().NotContain("two.exe");
        using var again = await reader.GetAsync("journal");
        again.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task TwoGatesOnOneMachine_AreSignedInToAtOnce()
    {
        await using var one = await ManagedGate.StartAsync();
        await using var other = await ManagedGate.StartAsync();
        using var browser = new HttpClient();
        browser.DefaultRequestHeaders.Add("X-MapiGate", "1");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        foreach (var gate in new[] { one, other })
        {
            using var signedIn = await browser.PostAsJsonAsync(new Uri(gate.Url, "session"), new { token = gate.Token });
            signedIn.StatusCode.Should().Be(HttpStatusCode.NoContent);
        }

        foreach (var gate in new[] { one, other })
        {
            using var status = await browser.GetAsync(new Uri(gate.Url, "status"));
            status.StatusCode.Should().Be(HttpStatusCode.OK);
        }
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
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        using var browser = new HttpClient();
        browser.DefaultRequestHeaders.Add("X-MapiGate", "1");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var exchanged = await browser.PostAsJsonAsync(new Uri(gate.Url, "session"), new { token = gate.Token });
        exchanged.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Token_IsInNoLog_WhateverIsLogged()
    {
        await using var host = await ManagedHost.StartAsync();
        (await host.AskAsync(new Uri(host.Management, "status"))).Status.Should().Be(200);
        using var browser = new HttpClient();
        foreach (var token in new[] { host.Token, "wrong-" + host.Token })
        {
            using var exchange = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Management, "session")) { Content = JsonContent.Create(new { token }) };
            exchange.Headers.Add("X-MapiGate", "1");
            exchange.Headers.Add("Sec-Fetch-Site", "same-origin");
            using var exchanged = await browser.SendAsync(exchange);
            exchanged.StatusCode.Should().Be(token == host.Token ? HttpStatusCode.NoContent : HttpStatusCode.Unauthorized);
        }

        await host.Log.WaitForAsync("WrongToken");
        host.Log.Entries.Should().HaveCountGreaterThan(20, "everything is logged here").And.NotContain(entry => entry.Message.Contains(host.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SlowReader_OfTheJournal_GrowsNoMemory_AndIsToldWhatItMissed()
    {
        await using var gate = await ManagedGate.StartAsync();
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "storm.exe" } }""" });
        using var connection = new TcpClient { ReceiveBufferSize = 4096 };
        await connection.ConnectAsync(IPAddress.Loopback, gate.Url.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /mapigate/journal HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer {gate.Token}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync().WithinBounds()).Should().Contain("200");
        Storm(5_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // It reads no further, and the gate goes on: nobody waits for it, and nothing is kept for it.
        Storm(200_000);
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(8_000_000, "200,000 entries are more than 100 MB");

        string? line;
        while ((line = await reader.ReadLineAsync().WithinBounds()) is not null && !Regex.IsMatch(line, "\"missed\":[1-9]"))
        {
        }

        line.Should().NotBeNull();

        void Storm(int logons)
        {
            for (var i = 0; i < logons; i++)
            {
                gate.Gatekeeper.TryLogon(ManagedGate.Client("storm.exe", $"{i}"), out _, out _).Should().BeFalse();
            }
        }
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
        exchanged.Headers.GetValues("Set-Cookie").Single().Should().Contain("httponly").And.Contain("samesite=strict").And.NotContain("path=", "a browser takes the page's own").And.NotContain(gate.Token);

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
