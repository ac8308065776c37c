using System.Collections.Concurrent;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.TestSupport;

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

        (await connecting.WithinBounds()).Connected.ErrorCode.Should().Be(Protocol.MapiErrorCode.ClientVersionDisallowed);
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
