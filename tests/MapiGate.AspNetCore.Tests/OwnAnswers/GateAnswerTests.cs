using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.OwnAnswers;

/// <summary>What MS-OXCMAPIHTTP 2.2.3.3 asks of every response, the gate's own answers have too.</summary>
public class GateAnswerTests
{
    public static TheoryData<string> OwnAnswers => ["refusal", "6", "9", "10", "12", "10 while under way"];

    [Theory]
    [MemberData(nameof(OwnAnswers))]
    public async Task AnAnswerOfTheGatesOwn_HasTheHeadersOfEveryResponse(string kind)
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");

        var answer = await AnswerAsync(host, kind);

        answer.Code.Should().Be(kind == "refusal" ? 0 : int.Parse(kind.Split(' ')[0], null));
        answer.ContentType.Should().Be(kind == "refusal" ? "application/mapi-http" : "text/html");
        answer.Headers["X-RequestId"].Should().Equal(MapiTestClient.RequestId);
        answer.Headers["X-ClientInfo"].Should().Equal(MapiTestClient.ClientInfo);
        answer.Headers["X-RequestType"].Should().NotBeEmpty();
        answer.Headers["X-ServerApplication"].Should().ContainSingle().Which.Should().MatchRegex(@"^Exchange/15\.\d{2}\.\d{4}\.\d{3}$");
        answer.Headers["X-PendingPeriod"].Should().Equal("15000");
        answer.Headers["X-ExpirationInfo"].Should().Equal("900000");
        answer.SetCookies.Should().BeEmpty();
    }

    [Fact]
    public async Task Code4_HasTheHeadersOfEveryResponse()
    {
        await using var host = await GateHost.StartAsync();

        var answer = await RawHttp.SendAsync(host.Address, [], "X-RequestType: Execute", "X-RequestType: Connect", "X-RequestId: 7");

        answer.Should().Contain("X-ResponseCode: 4\r\n").And.Contain("X-RequestId: 7\r\n").And.Contain("X-ServerApplication: Exchange/")
            .And.Contain("X-PendingPeriod: 15000\r\n").And.Contain("X-ExpirationInfo: 900000\r\n");
    }

    [Fact]
    public async Task WhatTheServerSays_IsSaidByTheGateToo_OnceItHasBeenHeard()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        host.Server.Connect = context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-ServerApplication"] = "Exchange/15.20.1234.567";
                context.Response.Headers["X-PendingPeriod"] = "30000";
                context.Response.Headers["X-ExpirationInfo"] = "1800000";
                return Task.CompletedTask;
            });
            return host.Server.ConnectAsync(context);
        };
        await host.NewClient().ConnectAsync();

        var answer = await host.NewClient("program1.exe").ConnectAsync();

        answer.Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
        answer.Headers["X-ServerApplication"].Should().Equal("Exchange/15.20.1234.567");
        answer.Headers["X-PendingPeriod"].Should().Equal("30000");
        answer.Headers["X-ExpirationInfo"].Should().Equal("1800000");
    }

    [Fact]
    public async Task AServerWhoseHeadersAreOdd_IsNotQuoted()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        host.Server.Connect = context =>
        {
            context.Response.Headers["X-ServerApplication"] = new string('x', 200);
            context.Response.Headers["X-PendingPeriod"] = "";
            return host.Server.ConnectAsync(context);
        };
        await host.NewClient().ConnectAsync();

        var answer = await host.NewClient("program1.exe").ConnectAsync();

        answer.Headers["X-ServerApplication"].Should().Equal("Exchange/15.00.0847.032");
        answer.Headers["X-PendingPeriod"].Should().Equal("15000");
    }

    private static async Task<MapiTestAnswer> AnswerAsync(GateHost host, string kind)
    {
        var client = host.NewClient();
        switch (kind)
        {
            case "refusal":
                client.ProcessName = "program1.exe";
                return await client.ConnectAsync();
            case "6":
                client.Cookies = ["MapiContext=a b"];
                return await client.ExecuteAsync();
            case "9":
                return await client.ConnectAsync(new ByteArrayContent(new byte[100_000]));
            case "10":
                client.Cookies = ["MapiContext=unknown"];
                return await client.ExecuteAsync();
            case "12":
                return await client.ConnectAsync(new ByteArrayContent(new byte[3]));
            default:
                var reached = new TaskCompletionSource();
                host.Server.Execute = async context =>
                {
                    reached.SetResult();
                    await Answers.NeverAsync(context);
                };
                await client.ConnectAsync();
                var executing = client.ExecuteAsync();
                await reached.Task.WithinBounds();
                host.Block("OUTLOOK.EXE");
                return await executing.WithinBounds();
        }
    }
}
