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

/// <summary>What a gate has ended is not taken on again by its seal, and what was taken on ends as any other.</summary>
public sealed class EndedContextTests : SealedGates
{
    [Theory]
    [InlineData("cut")]
    [InlineData("kicked")]
    [InlineData("logged off")]
    [InlineData("replaced")]
    public async Task WhatWasEndedHere_IsNotTakenOnAgain(string how)
    {
        var log = new RecordingLogger();
        var gate = await StartAsync(log: log);
        var client = await ConnectAsync(gate, "program1.exe");
        var cookies = client.Cookies;
        switch (how)
        {
            case "cut":
            case "kicked":
                gate.Block("program1.exe");
                await BoundedWait.UntilAsync(() => gate.Gatekeeper.Sessions.Count == 0);
                (await ExecuteAsync(gate, client)).Code.Should().Be(10);
                gate.Block("");
                break;
            case "logged off":
                await client.DisconnectAsync();
                break;
            case "replaced":
                await client.ConnectAsync();
                break;
        }

        client.Cookies = cookies;
        (await ExecuteAsync(gate, client)).Code.Should().Be(10);

        log.Entries.Should().NotContain(entry => entry.EventId.Name == "SessionAdopted");

        // It is remembered for as long as the seal would serve.
        gate.Clock.Advance(TimeSpan.FromMinutes(31));
        (await ExecuteAsync(gate, client)).Code.Should().Be(10);
    }

    [Fact]
    public async Task WhatIsKickedWhileAnotherRequestTakesItOn_IsNotTakenOnAgain()
    {
        var client = await ConnectAsync(await StartAsync(), "OUTLOOK.EXE");
        var second = await StartAsync();
        using var policy = new PolicyThatWaits();
        second.Gatekeeper.Apply(policy);
        var late = ExecuteAsync(second, client);
        await policy.Reached.WithinBounds();
        var twin = second.NewClient();
        twin.Cookies = client.Cookies;
        (await twin.ExecuteAsync()).Code.Should().Be(0);
        second.Gatekeeper.Disconnect(_ => true, "test").Disconnected.Should().Be(1);
        await BoundedWait.UntilAsync(() => second.Gatekeeper.Sessions.Count == 0);

        policy.GoOn();

        (await late.WithinBounds()).Code.Should().Be(10);
        second.Gatekeeper.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public async Task AContextThatWasTakenOn_IsEndedAtTheServer_ByTheCookiesThatItsClientShows()
    {
        var client = await ConnectAsync(await StartAsync(), "program1.exe");
        var ended = new TaskCompletionSource<EndedContext>();
        var second = await StartAsync(endContext: context =>
        {
            ended.SetResult(context);
            return Task.CompletedTask;
        });
        client.Cookies = ["affinity=7", .. client.Cookies];
        using var wait = await second.NewClient().StartAsync(At(second, client.WaitRequest()));

        second.Block("program1.exe");

        (await ended.Task.WithinBounds()).Cookies.Should().Equal("affinity=7", "MapiContext=context-1", "MapiSequence=1");
    }
}
