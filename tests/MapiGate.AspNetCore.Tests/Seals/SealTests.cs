using System.Net;
using System.Security.Cryptography;
using System.Text;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.AspNetCore.Tests.Seals;

/// <summary>
/// A gate that was started anew, or another one, takes on contexts that it never let in, by the seal that their clients carry.
/// All gates of a test stand before one server, which lives on.
/// </summary>
public sealed class SealTests : SealedGates
{
    [Fact]
    public async Task ARestart_CutsNobody_AndTheSessionIsWhatItWas()
    {
        var first = await StartAsync();
        var client = await ConnectAsync(first, "OUTLOOK.EXE");
        var second = await StartAsync();

        (await ExecuteAsync(second, client)).Code.Should().Be(0);

        second.Gatekeeper.Preview(GateHost.Blocking("outlook.exe")).Disconnected.Should().ContainSingle();
        (await ExecuteAsync(second, client)).Code.Should().Be(0);
        second.Gatekeeper.Sessions.Count.Should().Be(1);
        var pending = second.NewClient();
        pending.Cookies = client.Cookies;
        var wait = await pending.StartAsync(pending.WaitRequest());
        second.Block("outlook.exe");
        (await MapiTestAnswer.ReadAsync(wait)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
    }

    [Fact]
    public async Task AProgramThatWasBlockedMeanwhile_IsRefusedAtItsFirstRequest()
    {
        var client = await ConnectAsync(await StartAsync(), "program1.exe");
        var second = await StartAsync(blocked: "program1.exe");

        (await ExecuteAsync(second, client)).Code.Should().Be(10);

        second.Gatekeeper.Sessions.Count.Should().Be(0);
        Server.Received.Should().Equal("Connect");
        (await second.NewClient("program1.exe").ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
    }

    [Fact]
    public async Task TwoGatesWithOneKeyRing_ServeAClientThatHopsAtEachRequest()
    {
        GateHost[] gates = [await StartAsync(), await StartAsync()];
        var client = await ConnectAsync(gates[0], "OUTLOOK.EXE");

        for (var i = 1; i <= 20; i++)
        {
            (await ExecuteAsync(gates[i % 2], client)).Code.Should().Be(0);
        }

        gates.Should().OnlyContain(gate => gate.Gatekeeper.Sessions.Count == 1);
    }

    [Fact]
    public async Task RequestsThatComeAtOnce_AreTakenOnAsOneSession()
    {
        var client = await ConnectAsync(await StartAsync(), "OUTLOOK.EXE");
        var second = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
        {
            var twin = second.NewClient();
            twin.Cookies = client.Cookies;
            return twin.ExecuteAsync();
        }));

        answers.Should().OnlyContain(answer => answer.Code == 0);
        await BoundedWait.UntilAsync(() => second.Gatekeeper.Sessions.Count == 1);
    }

    [Fact]
    public async Task ASeal_OutlivesDaysOfASession()
    {
        var gate = await StartAsync();
        var client = await ConnectAsync(gate, "OUTLOOK.EXE");
        for (var i = 0; i < 3 * 24 * 6; i++)
        {
            gate.Clock.Advance(TimeSpan.FromMinutes(10));
            (await ExecuteAsync(gate, client)).Code.Should().Be(0);
        }

        (await ExecuteAsync(await StartAsync(gate.Clock), client)).Code.Should().Be(0);
    }

    [Fact]
    public async Task AClientThatIsIdleForAsLongAsItsContextLives_IsStillTakenOn_AndNotAfterThat()
    {
        var gate = await StartAsync();
        var client = await ConnectAsync(gate, "OUTLOOK.EXE");
        gate.Clock.Advance(TimeSpan.FromMinutes(14));
        (await ExecuteAsync(gate, client)).Code.Should().Be(0);

        gate.Clock.Advance(TimeSpan.FromMinutes(16));
        var cookies = client.Cookies;
        (await ExecuteAsync(await StartAsync(gate.Clock), client)).Code.Should().Be(0);

        client.Cookies = cookies;
        gate.Clock.Advance(TimeSpan.FromMinutes(16));
        (await ExecuteAsync(await StartAsync(gate.Clock), client)).Code.Should().Be(10);
    }

    [Fact]
    public async Task WhatExpiredHere_AndLivesOnElsewhere_IsTakenOnAgain()
    {
        var one = await StartAsync();
        var other = await StartAsync(one.Clock);
        var client = await ConnectAsync(one, "OUTLOOK.EXE");
        for (var i = 0; i < 10; i++)
        {
            one.Clock.Advance(TimeSpan.FromMinutes(5));
            (await ExecuteAsync(other, client)).Code.Should().Be(0);
        }

        one.Gatekeeper.Sessions.Count.Should().Be(0);
        (await ExecuteAsync(one, client)).Code.Should().Be(0);
    }

    [Fact]
    public async Task ARequestThatShowsASealAndNoCredentialYet_GetsTheServersChallenge()
    {
        var client = await ConnectAsync(await StartAsync(), "OUTLOOK.EXE", user: "jane");
        var second = await StartAsync();
        Server.Execute = context =>
        {
            context.Response.StatusCode = User(context).Length == 0 ? 401 : 200;
            return AnswerAsync(context, Answers.ExecuteBody);
        };
        client.User = null;

        var challenged = client.ExecuteRequest();
        (await SendAsync(second, client, challenged)).Status.Should().Be(HttpStatusCode.Unauthorized);
        second.Gatekeeper.Sessions.Count.Should().Be(0);

        client.User = "jane";
        (await ExecuteAsync(second, client)).Code.Should().Be(0);
    }
}
