using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MapiGate.Management.Tests;

/// <summary>What goes wrong around management, and requests that no page or command line sends.</summary>
public class TroubleTests
{
    [Fact]
    public async Task PolicyFileThatCannotBeRead_IsSaidInWords_ByEveryEndpointThatNeedsIt()
    {
        await using var gate = await ManagedGate.StartAsync();
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe", "Rules": { "r": { "Process": "two.exe" } } } }""" });
        File.Delete(gate.PolicyFile);
        Directory.CreateDirectory(gate.PolicyFile);

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "policy", null),
            (HttpMethod.Get, "policy/history", null),
            (HttpMethod.Put, "policy", new { document = """{ "MapiGate": { } }""" }),
            (HttpMethod.Post, "policy/rollback", new { number = 1 }),
            (HttpMethod.Post, "rules", new { process = "one.exe" }),
            (HttpMethod.Delete, "rules/r", null),
        })
        {
            var (status, answer) = await AskAsync(gate, method, path, body);

            status.Should().Be(503, $"{method} {path}");
            answer!["detail"]!.GetValue<string>().Should().Contain("It is a folder", $"{method} {path}");
        }
    }

    [Fact]
    public async Task RuleWithASlashInItsName_IsUnblocked()
    {
        await using var gate = await ManagedGate.StartAsync();
        await gate.SendAsync(HttpMethod.Put, "policy", new { document = """{ "MapiGate": { "Rules": { "10.1.0.0/16": { "Address": "10.1.0.0/16" } } } }""" });

        var (status, _) = await AskAsync(gate, HttpMethod.Delete, $"rules/{Uri.EscapeDataString("10.1.0.0/16")}", null);

        status.Should().Be(200);
        gate.Gatekeeper.InForce.Rules.Should().BeEmpty();
    }

    [Theory]
    [InlineData("explain", """{ "processes": [ null ] }""")]
    [InlineData("explain", """{ "processes": [ "a.exe" ], "document": "{ \"MapiGate\": { \"DisableMapiClientProcesses\": \"\\ud800\" } }" }""")]
    [InlineData("explain", """{ "user": "\ud800" }""")]
    [InlineData("policy/preview", """{ "document": null }""")]
    [InlineData("policy/preview", """{ "document": "{ \"MapiGate\": { \"Rules\": { \"\\udfff\": { } } } }" }""")]
    [InlineData("sessions/disconnect", """{ "ids": [ 1e400 ] }""")]
    [InlineData("rules", """{ "process": "a.exe", "forSeconds": 1e308 }""")]
    [InlineData("rules", """{ "name": "\n", "process": " ", "user": "" }""")]
    [InlineData("rules", "null")]
    [InlineData("rules", "[")]
    public async Task OddBody_IsAnsweredInWords_AndIsNoFailureOfTheServers(string path, string body)
    {
        await using var host = await ManagedHost.StartAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Token);
        http.DefaultRequestHeaders.Add("X-MapiGate", "1");
        http.DefaultRequestHeaders.IfMatch.Add(new EntityTagHeaderValue("\"none\""));

        using var answer = await http.PostAsync(new Uri(host.Management, path), new StringContent(body, MediaTypeHeaderValue.Parse("application/json")));

        ((int)answer.StatusCode).Should().BeInRange(200, 499);
        host.Log.Entries.Should().NotContain(entry => entry.Exception != null);
    }

    [Fact]
    public async Task ReadersOfTheJournal_WhoLeave_AreNoErrorInTheLog()
    {
        await using var host = await ManagedHost.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            using var reader = new TcpClient();
            await reader.ConnectAsync(IPAddress.Loopback, host.Management.Port);
            await reader.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /mapigate/journal HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer {host.Token}\r\n\r\n"));
            using var lines = new StreamReader(reader.GetStream(), leaveOpen: true);
            while (await lines.ReadLineAsync().WithinBounds() != "retry: 2000")
            {
            }

            reader.Client.Close(0);
        }

        // Whoever has left has been let go when the next is answered by a host that then stops.
        await host.StopAsync();
        host.Log.Entries.Where(entry => entry.Level >= LogLevel.Error).Should().BeEmpty();
    }

    [Fact]
    public async Task ProxyThatGivesItAnotherPath_IsSignedInThrough()
    {
        await using var gate = await ManagedGate.StartAsync();
        await using var proxy = await StartProxyAsync(gate.Url);
        var page = new Uri(new Uri(proxy.Urls.Single()), "/gates/london/");
        using var browser = new HttpClient();
        browser.DefaultRequestHeaders.Add("X-MapiGate", "1");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");

        using var signedIn = await browser.PostAsJsonAsync(new Uri(page, "session"), new { token = gate.Token });
        signedIn.StatusCode.Should().Be(HttpStatusCode.NoContent);
        using var status = await browser.GetAsync(new Uri(page, "status"));
        status.StatusCode.Should().Be(HttpStatusCode.OK);

        // And nothing else on that host is sent the cookie.
        signedIn.Headers.GetValues("Set-Cookie").Single().Should().NotContain("path=/;").And.NotEndWith("path=/");

        using var signedOut = await browser.DeleteAsync(new Uri(page, "session"));
        using var after = await browser.GetAsync(new Uri(page, "status"));
        after.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{ "jane": { "Token": "0123456789012345678901234567890123", "Right": "Read" }, "jane": { "Token": "9123456789012345678901234567890123", "Right": "Write" } }""")]
    [InlineData("""{ "jane": [ ] }""")]
    [InlineData("""{ "jane": { "Token": "short", "Right": "Read" } }""")]
    [InlineData("[ ]")]
    [InlineData("")]
    public async Task TokenFileThatCannotBeUsed_FailsTheStart_NamingIt(string text)
    {
        var start = () => ManagedGate.StartAsync(host =>
        {
            var file = Path.Combine(host.Environment.ContentRootPath, "mapigate.tokens.json");
            File.WriteAllText(file, text);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            host.Services.AddMapiGateTokens();
        });

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*mapigate.tokens.json cannot be used*");
    }

    private static async Task<(int Status, JsonNode? Body)> AskAsync(ManagedGate gate, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(gate.Url, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{(await TryReadVersionAsync(gate)) ?? "none"}\""));
        using var answer = await gate.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private static async Task<string?> TryReadVersionAsync(ManagedGate gate)
    {
        using var answer = await gate.Http.GetAsync(new Uri(gate.Url, "policy"));
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["version"]!.GetValue<string>() : null;
    }

    /// <summary>A proxy that shows management below a path of its own, as <c>location /gates/london/ { proxy_pass …/mapigate/; }</c> does.</summary>
    private static async Task<WebApplication> StartProxyAsync(Uri management)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var proxy = builder.Build();
        var http = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        proxy.Run(async context =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(management, context.Request.Path.Value!["/gates/london/".Length..]));
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            request.Content = body.Length == 0 ? null : new ByteArrayContent(body.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } };
            foreach (var name in new[] { "Cookie", "X-MapiGate", "Sec-Fetch-Site" })
            {
                request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToArray());
            }

            using var answer = await http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
            {
                context.Response.Headers.SetCookie = cookies.ToArray();
            }

            await context.Response.StartAsync();
            await answer.Content.CopyToAsync(context.Response.Body);
        });
        await proxy.StartAsync();
        return proxy;
    }
}
