using System.Net;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Connect;

/// <summary>A server that authenticates by itself challenges with 401: its handshake passes, and lets nobody in.</summary>
public class HandshakeTests
{
    [Theory]
    [InlineData("Connect")]
    [InlineData("Execute")]
    [InlineData("NotificationWait")]
    [InlineData("PING")]
    public async Task ALegWithoutABody_GetsTheServersChallenge(string type)
    {
        await using var host = await GateHost.StartAsync(behindGate: server => context => ChallengeAsync(server, context));
        var client = host.NewClient();
        client.Cookies = ["MapiContext=from-before-a-restart", "MapiSequence=1"];

        var answer = await client.SendAsync(Leg(client, type));

        answer.Status.Should().Be(HttpStatusCode.Unauthorized);
        answer.Headers["WWW-Authenticate"].Should().Equal("Negotiate", "NTLM");
        answer.Text.Should().Be("who are you?");
        host.Server.Received.Should().BeEmpty();
        host.Gatekeeper.Sessions.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("Connect", 12)]
    [InlineData("Execute", 10)]
    public async Task ALegThatTheServerAnswersOtherwise_IsAnsweredByTheGate(string type, int code)
    {
        string? body = null;
        string cookies = "";
        await using var host = await GateHost.StartAsync(behindGate: server => async context =>
        {
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            cookies = context.Request.Headers.Cookie.ToString();
            context.Response.Headers.SetCookie = "MapiContext=granted";
            await Answers.WriteAsync(context, new ConnectResponse().ToArray());
        });
        var client = host.NewClient();
        client.Cookies = ["affinity=7", "MapiContext=unknown", "MapiSequence=1"];

        var answer = await client.SendAsync(Leg(client, type));

        answer.Code.Should().Be(code);
        answer.SetCookies.Should().BeEmpty();
        (body, cookies).Should().Be(("", "affinity=7"), "a leg can do nothing at the server, on whatever connection it comes");
        client.Cookies = ["MapiContext=granted"];
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task ALegOnALiveContext_IsTheServersToAnswer()
    {
        var challenges = false;
        await using var host = await GateHost.StartAsync(behindGate: server => context => challenges ? ChallengeAsync(server, context) : server.InvokeAsync(context));
        var client = host.NewClient();
        await client.ConnectAsync();
        challenges = true;

        (await client.SendAsync(Leg(client, "Execute"))).Status.Should().Be(HttpStatusCode.Unauthorized);

        challenges = false;
        (await client.ExecuteAsync()).Code.Should().Be(0);
    }

    [Fact]
    public async Task AWholeNtlmHandshake_OfAProgramThatIsLetIn_EndsInASession()
    {
        await using var host = await GateHost.StartAsync(behindGate: server => context =>
            context.Request.Headers.Authorization == "NTLM 3" ? server.InvokeAsync(context) : ChallengeAsync(server, context));
        var client = host.NewClient();

        foreach (var authorization in (string?[])[null, "NTLM 1"])
        {
            (await client.SendAsync(Leg(client, "Connect", authorization))).Status.Should().Be(HttpStatusCode.Unauthorized);
        }

        var request = client.NewRequest("Connect", new ByteArrayContent(client.ConnectBody()));
        request.Headers.Add("Authorization", "NTLM 3");
        (await client.SendAsync(request)).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);
        host.Gatekeeper.Sessions.Count.Should().Be(1);
    }

    private static HttpRequestMessage Leg(MapiTestClient client, string type, string? authorization = null)
    {
        var request = client.NewRequest(type, new ByteArrayContent([]));
        if (authorization is not null)
        {
            request.Headers.Add("Authorization", authorization);
        }

        return request;
    }

    private static Task ChallengeAsync(FakeServer server, HttpContext context)
    {
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = new(["Negotiate", "NTLM"]);
        return context.Response.WriteAsync("who are you?");
    }
}
