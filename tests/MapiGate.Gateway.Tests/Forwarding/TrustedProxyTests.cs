using System.Text.Json.Nodes;
using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests.Forwarding;

public class TrustedProxyTests
{
    [Fact]
    public async Task WhatATrustedProxySaysOfItsClient_IsBelieved_ByRulesToo()
    {
        await using var server = await TestServer.StartAsync(new MapiServer(static _ => "janedow").AnswerAsync);
        var policy = new JsonObject { ["Rules"] = new JsonObject { ["branch"] = new JsonObject { ["Address"] = "10.1.0.0/16" } } };
        using var gateway = await RunningGateway.StartAsync(server.Url, policy, "--Gateway:TrustedProxies", "127.0.0.0/8; ::1");

        (await ConnectAsync(gateway.Url, "10.1.2.3")).Should().Contain("0x4DF");
        (await ConnectAsync(gateway.Url, "10.2.2.3")).Should().Contain("0x0");
        server.Received.Should().ContainSingle().Which["X-Forwarded-For"].Should().Be("10.2.2.3, 127.0.0.1");
    }

    [Fact]
    public async Task NtlmFromATrustedProxy_IsRefused_AndTheLogSaysWhatToDo()
    {
        await using var server = await TestServer.StartAsync(NtlmServer.AnswerAsync);
        using var gateway = await RunningGateway.StartAsync(server.Url, "--Gateway:TrustedProxies", "127.0.0.1");
        using var client = new NtlmClient(gateway.Url, "janedow");

        (await client.LogOnAsync(isPreEmptive: true)).Should().Be("no challenge");

        (await gateway.WaitForLineAsync("got 403")).Should().Contain("balance by TCP");
        server.Received.Should().BeEmpty();
    }

    private static async Task<string> ConnectAsync(Uri gateway, string forwardedFor)
    {
        using var client = new StoreClient(gateway, "OUTLOOK.EXE") { ForwardedFor = forwardedFor };
        return await client.TryConnectAsync();
    }
}
