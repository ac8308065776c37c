using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore.Tests.Connect;

public class ConnectRaceTests
{
    [Fact]
    public async Task Connect_PolicyChangesBeforeTheServerAnswers_ClientGetsTheRefusalAndNoCookie()
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Connect = async context =>
        {
            var receipt = host.Block("program1.exe");
            receipt.Disconnected.Should().Be(1);
            await host.Server.ConnectAsync(context, "never");
        };
        var client = host.NewClient("program1.exe");

        var answer = await client.ConnectAsync();

        answer.Code.Should().Be(0);
        answer.Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
        answer.SetCookies.Should().BeEmpty();
        host.Gatekeeper.Sessions.Count.Should().Be(0);
        client.Cookies = ["MapiContext=never"];
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task Connect_CutWhileTheServerHangs_IsRefusedAtOnce()
    {
        await using var host = await GateHost.StartAsync();
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        host.Server.Connect = async context =>
        {
            reached.SetResult();
            await release.Task;
            await host.Server.ConnectAsync(context, "never");
        };
        var connecting = host.NewClient("program1.exe").ConnectAsync();
        await reached.Task.WithinBounds();

        var receipt = host.Block("program1.exe");

        (await connecting.WithinBounds()).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
        await receipt.Completion.WithinBounds();
        release.SetResult();
    }

    [Fact]
    public async Task Connect_CutAfterTheServerBeganToAnswer_EndsWithLateCode10AndADeadCookie()
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Connect = async context =>
        {
            context.Response.Headers.SetCookie = "MapiContext=early; path=/";
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe");
        using var response = await client.StartAsync(client.NewRequest("Connect", new ByteArrayContent(client.ConnectBody())));

        var receipt = host.Block("program1.exe");

        (await MapiTestAnswer.ReadAsync(response)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
        await receipt.Completion.WithinBounds();
        client.Cookies = ["MapiContext=early"];
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task Connect_PolicyChangesBetweenHeadAndBody_GetsLateCode10EvenIfTheNoticeIsLate()
    {
        await using var host = await GateHost.StartAsync();
        using var unblock = new ManualResetEventSlim();
        host.Server.Connect = async context =>
        {
            context.Response.Headers.SetCookie = "MapiContext=early; path=/";
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");

            // The last to register is the first to be told: the gate's own callback waits behind this one.
            context.Features.GetRequiredFeature<IMapiSessionFeature>().Session.Disconnected.Register(() => unblock.Wait());
            host.Block("program1.exe").Disconnected.Should().Be(1);
            MapiHttpFraming.WriteDone(context.Response.BodyWriter, MapiHttpResponseCode.Success, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
            await context.Response.BodyWriter.WriteAsync(new ConnectResponse().ToArray());
        };
        var client = host.NewClient("program1.exe");

        (await client.ConnectAsync()).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);

        (await client.ExecuteAsync()).Code.Should().Be(10);
        unblock.Set();
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Fact]
    public async Task Connects_WhileThePolicyFlips_LeaveNoCookieThatWorksForABlockedProgram()
    {
        await using var host = await GateHost.StartAsync();
        var stop = new CancellationTokenSource();
        var flips = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                host.Block("program1.exe");
                host.Block("");
            }
        });

        var clients = Enumerable.Range(0, 8).Select(_ => host.NewClient("program1.exe")).ToList();
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(clients.Select(client => client.ConnectAsync()));
        }

        await stop.CancelAsync();
        await flips.WithinBounds();
        await host.Block("program1.exe").Completion.WithinBounds();

        foreach (var client in clients)
        {
            (await client.ExecuteAsync()).Code.Should().Be(client.Cookies.Count == 0 ? 0 : 10);
        }

        host.Gatekeeper.Sessions.Count.Should().Be(0);
    }
}
