using System.Collections.Concurrent;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Contexts;

/// <summary>What the gate ends is ended at the server too, where the host says how.</summary>
public class EndContextTests
{
    private readonly ConcurrentQueue<EndedContext> _ended = [];

    [Fact]
    public async Task ACut_EndsTheContextAtTheServer_ByTheCookiesThatItSetLast()
    {
        await using var host = await StartAsync();
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        host.Server.Execute = context =>
        {
            context.Response.Headers.SetCookie = new(["MapiContext=context-1; path=/", "MapiSequence=2; path=/"]);
            return Answers.WriteAsync(context, Answers.ExecuteBody);
        };
        await client.ExecuteAsync();
        await host.NewClient("OUTLOOK.EXE").ConnectAsync();

        host.Block("program1.exe");

        await BoundedWait.UntilAsync(() => !_ended.IsEmpty);
        var ended = _ended.Should().ContainSingle().Subject;
        ended.Cookies.Should().Equal("MapiContext=context-1", "MapiSequence=2");
        ended.Client.ProcessName.Should().Be("program1.exe");
        ended.ToString().Should().NotContain("context-1");
    }

    [Fact]
    public async Task OfEachCookie_TheNewestIsKept_AndNoneThatWasTakenAway()
    {
        await using var host = await StartAsync();
        host.Server.Connect = context =>
        {
            context.Response.Headers.SetCookie = new(["affinity=7", "MapiContext=1; path=/", "MapiSequence=1; path=/", "theme=dark"]);
            return Answers.WriteAsync(context, new ConnectResponse().ToArray());
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        await ExecuteAsync(0, "MapiSequence=2; path=/", "theme=; expires=Thu, 01 Jan 1970 00:00:00 GMT");
        await ExecuteAsync(5, "MapiSequence=3; path=/");
        await ExecuteAsync(0);

        host.Block("program1.exe");

        await BoundedWait.UntilAsync(() => !_ended.IsEmpty);
        _ended.Should().ContainSingle().Which.Cookies.Should().Equal("affinity=7", "MapiContext=1", "MapiSequence=2");

        async Task ExecuteAsync(int code, params string[] setCookies)
        {
            host.Server.Execute = async context =>
            {
                Answers.WriteHead(context, code);
                context.Response.Headers.SetCookie = setCookies;
                await context.Response.WriteAsync("an answer");
            };
            (await client.ExecuteAsync()).Code.Should().Be(code);
        }
    }

    [Fact]
    public async Task AHookThatHangs_HoldsUpNeitherTheCutNorOthers()
    {
        using var unblock = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        await using var host = await GateHost.StartAsync(configure: options => options.EndContext = _ =>
        {
            entered.SetResult();
            unblock.Wait();
            return Task.CompletedTask;
        });
        var client = host.NewClient("program1.exe");
        var other = host.NewClient("OUTLOOK.EXE");
        await client.ConnectAsync();
        await other.ConnectAsync();
        using var wait = await client.StartAsync(client.WaitRequest());

        var receipt = host.Block("program1.exe");
        await entered.Task.WithinBounds();

        await receipt.Completion.WithinBounds();
        (await MapiTestAnswer.ReadAsync(wait)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
        (await other.ExecuteAsync()).Code.Should().Be(0);
        unblock.Set();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnAdmissionThatTheServerGrantsAndTheGateThenRefuses_IsEndedAtTheServer(bool afterTheClientWasAnswered)
    {
        await using var host = await StartAsync();
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        host.Server.Connect = async context =>
        {
            reached.SetResult();
            await release.Task;
            await host.Server.ConnectAsync(context, "granted");
        };
        var connecting = host.NewClient("program1.exe").ConnectAsync();
        await reached.Task.WithinBounds();
        host.Block("program1.exe");
        if (afterTheClientWasAnswered)
        {
            await connecting.WithinBounds();
        }

        release.SetResult();

        (await connecting.WithinBounds()).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
        await BoundedWait.UntilAsync(() => !_ended.IsEmpty);
        _ended.Should().ContainSingle().Which.Cookies.Should().Equal("MapiContext=granted", "MapiSequence=1");
    }

    [Fact]
    public async Task WhatEndsInPeace_IsLeftToTheServer()
    {
        await using var host = await StartAsync();
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        await client.DisconnectAsync();
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
        await client.ConnectAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));
        host.Gatekeeper.Sessions.Count.Should().Be(0);
        await client.ConnectAsync();

        host.Block("program1.exe");

        await BoundedWait.UntilAsync(() => !_ended.IsEmpty);
        _ended.Should().ContainSingle().Which.Cookies.Should().Contain("MapiContext=context-3");
    }

    [Fact]
    public async Task AHookThatThrows_IsLogged()
    {
        var log = new RecordingLogger();
        await using var host = await GateHost.StartAsync(log: log, configure: options => options.EndContext = _ => throw new InvalidOperationException("host bug"));
        await host.NewClient("program1.exe").ConnectAsync();

        host.Block("program1.exe");

        (await log.WaitForAsync("EndContextFailed")).Exception!.Message.Should().Be("host bug");
    }

    private Task<GateHost> StartAsync() => GateHost.StartAsync(configure: options => options.EndContext = ended =>
    {
        _ended.Enqueue(ended);
        return Task.CompletedTask;
    });
}
