using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests;

/// <summary>The gateway is managed on a listener of its own, by tokens of its own.</summary>
public class ManagementTests
{
    [Fact]
    public async Task AProgramBlockedByTheApi_IsCut_AndStaysBlockedOverARestart()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var client = new StoreClient(gateway.Url, "program1.exe");
        (await client.ConnectAsync()).Should().Be("0");
        using var administrator = Administrator(gateway);
        var version = (await administrator.GetFromJsonAsync<JsonNode>("policy"))!["version"]!.GetValue<string>();
        administrator.DefaultRequestHeaders.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));

        using var blocked = await administrator.PostAsJsonAsync("rules", new { process = "program1.exe", reason = "INC-4711" });

        blocked.StatusCode.Should().Be(HttpStatusCode.OK);
        (await blocked.Content.ReadFromJsonAsync<JsonNode>())!["receipt"]!["disconnected"]!.GetValue<int>().Should().Be(1);
        (await client.PingAsync()).Should().Be("10");
        await gateway.RestartAsync("");
        (await client.TryConnectAsync()).Should().Be("0x4DF");
    }

    [Fact]
    public async Task ClientsListener_KnowsNothingOfManagement_WhateverTheHost()
    {
        await using var server = await TestServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var stranger = new HttpClient();
        foreach (var path in (string[])["/mapigate/", "/mapigate/status", "/healthz"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Url, path)) { Headers = { Host = gateway.Management.Authority } };
            using var answer = await stranger.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        }

        using var unknown = await stranger.GetAsync(new Uri(gateway.Management, "/mapigate/status"));
        unknown.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task ThePagesCookie_StaysHere_AndAClientsTokenIsNoneOfManagements()
    {
        await using var server = await TestServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Url, "/mapi/nspi/x"));
        request.Headers.Add("Cookie", "mapigate-management-8026=ab.1.cd; MapiContext=abc");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "a.b.c");

        using var answer = await client.SendAsync(request);

        server.Received.Should().ContainSingle();
        server.Received[0]["Cookie"].Should().Be("MapiContext=abc");
        server.Received[0]["Authorization"].Should().Be("Bearer a.b.c");
        gateway.Lines.Should().NotContain(line => line.Contains("wrong token", StringComparison.Ordinal));
    }

    private static HttpClient Administrator(RunningGateway gateway)
    {
        var tokens = JsonNode.Parse(File.ReadAllText(Path.Combine(gateway.DataFolder, "mapigate.tokens.json")))!;
        var administrator = new HttpClient { BaseAddress = new Uri(gateway.Management, "/mapigate/") };
        administrator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens["administrator"]!["Token"]!.GetValue<string>());
        administrator.DefaultRequestHeaders.Add("X-MapiGate", "1");
        return administrator;
    }
}
