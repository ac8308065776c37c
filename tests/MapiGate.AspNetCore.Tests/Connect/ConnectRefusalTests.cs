using System.Net;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore.Tests.Connect;

public class ConnectRefusalTests
{
    [Fact]
    public async Task Connect_BlockedProcess_IsRefusedWith4DFAndNoCookie()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe; program2.exe");

        var answer = await host.NewClient(@"C:\Tools\PROGRAM1.EXE").ConnectAsync();

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Code.Should().Be(0);
        answer.ContentType.Should().Be("application/mapi-http");
        answer.SetCookies.Should().BeEmpty();
        answer.Headers["X-RequestType"].Should().Equal("Connect");
        answer.Headers["X-RequestId"].Should().Equal(MapiTestClient.RequestId);
        answer.Headers["X-ClientInfo"].Should().Equal(MapiTestClient.ClientInfo);
        answer.Inner.MetaTags.Should().Equal("PROCESSING", "DONE");
        answer.Inner.ResponseCode.Should().Be(MapiHttpResponseCode.Success);
        Convert.ToHexStringLower(answer.Inner.Body.Span).Should().Be("00000000df04000000000000000000000000000000000000000000");
        host.Server.Received.Should().BeEmpty();
        host.Gatekeeper.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public async Task Connect_HeadersThatCannotBeEchoed_IsRefusedWithoutThem()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        var client = host.NewClient("program1.exe");

        var answer = await RawHttp.SendAsync(host.Address, client.ConnectBody(), "X-RequestType: Connect", "X-RequestId: \u00e9\u20ac", "X-ClientInfo: a\tb");

        answer.Should().StartWith("HTTP/1.1 200 OK").And.Contain("X-ResponseCode: 0").And.NotContain("X-RequestId").And.NotContain("X-ClientInfo");
    }

    [Fact]
    public async Task Connect_TypeInOtherLetterCase_IsJudgedToo()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        var client = host.NewClient("program1.exe");

        var answer = await client.SendAsync(client.NewRequest("cONNECT", new ByteArrayContent(client.ConnectBody())));

        answer.Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
        host.Server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Connect_SeveralRequestTypes_GetsCode4()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        var client = host.NewClient("program1.exe");

        var answer = await RawHttp.SendAsync(host.Address, client.ConnectBody(), "X-RequestType: Execute", "X-RequestType: Connect");

        answer.Should().StartWith("HTTP/1.1 200 OK").And.Contain("X-ResponseCode: 4").And.Contain("Content-Type: text/html");
        host.Server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Connect_WithOldCookies_WhenRefusedCutsTheOldContext()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        var client = host.NewClient();
        await client.ConnectAsync();
        using var wait = await client.StartAsync(client.WaitRequest());

        client.ProcessName = "program1.exe";
        var answer = await client.ConnectAsync();

        answer.Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
        (await MapiTestAnswer.ReadAsync(wait)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
        (await client.ExecuteAsync()).Code.Should().Be(10);
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Fact]
    public async Task Connect_WithAnotherUsersCookie_WhenRefusedLeavesThatSessionAlone()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        var owner = host.NewClient();
        await owner.ConnectAsync();

        var stranger = host.NewClient("program1.exe");
        stranger.UserDn = "/o=First Organization/cn=Recipients/cn=somebodyelse";
        stranger.Cookies = owner.Cookies;
        await stranger.ConnectAsync();

        (await owner.ExecuteAsync()).Code.Should().Be(0);
    }

    [Fact]
    public async Task Connect_LongerThanTheHostItselfAllows_GetsCode9AndNoFailure()
    {
        await using var host = await GateHost.StartAsync(beforeGate: app => app.Use((context, next) =>
        {
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = 1000;
            return next(context);
        }));
        var client = host.NewClient();
        using var body = new StreamContent(new MemoryStream(new byte[15_000]));
        var request = client.NewRequest(MapiHttpRequestTypes.Connect, body);
        request.Headers.TransferEncodingChunked = true;

        (await client.SendAsync(request)).Code.Should().Be(9);
    }
}
