using System.Buffers;
using System.Text;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MapiGate.AspNetCore.Tests.Relay;

public class ExecuteTests
{
    [Fact]
    public async Task Execute_OfALiveSession_PassesUnchanged()
    {
        await using var host = await GateHost.StartAsync();
        MapiSession? seen = null;
        host.Server.Execute = context =>
        {
            seen = context.Features.Get<IMapiSessionFeature>()?.Session;
            return Answers.WriteAsync(context, Answers.ExecuteBody);
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        var answer = await client.ExecuteAsync();

        answer.Code.Should().Be(0);
        answer.Inner.Body.ToArray().Should().Equal(Answers.ExecuteBody);
        seen!.Id.Should().Be(host.Gatekeeper.Sessions.Single().Id);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("pipe, never flushed")]
    [InlineData("complete")]
    [InlineData("file")]
    [InlineData("array")]
    [InlineData("synchronously")]
    [InlineData("synchronously, an array")]
    [InlineData("no body")]
    public async Task Execute_HoweverTheServerWritesItsAnswer_Passes(string how)
    {
        await using var host = await GateHost.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "a body");
        host.Server.Execute = async context =>
        {
            Answers.WriteHead(context);
            context.Response.ContentLength = how == "no body" ? 0 : 6;
            switch (how)
            {
                case "pipe":
                    await context.Response.BodyWriter.WriteAsync("a body"u8.ToArray());
                    break;
                case "pipe, never flushed":
                    context.Response.BodyWriter.Write("a body"u8);
                    break;
                case "complete":
                    await context.Response.StartAsync();
                    context.Response.BodyWriter.Write("a body"u8);
                    await context.Response.CompleteAsync();
                    break;
                case "file":
                    await context.Response.SendFileAsync(file);
                    break;
                case "array":
                    // As libraries older than Memory<byte> do; the analyzer would have none of it.
                    Func<byte[], int, int, CancellationToken, Task> write = context.Response.Body.WriteAsync;
                    await write("a body"u8.ToArray(), 0, 6, CancellationToken.None);
                    break;
                case "synchronously":
                    AllowSynchronousIO(context);
                    context.Response.Body.Flush();
                    context.Response.Body.Write("a body"u8);
                    break;
                case "synchronously, an array":
                    AllowSynchronousIO(context);
                    context.Response.Body.Write("a body"u8.ToArray(), 0, 6);
                    break;
            }
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        var answer = await client.ExecuteAsync();

        answer.Code.Should().Be(0);
        answer.Text.Should().Be(how == "no body" ? "" : "a body");
        File.Delete(file);
    }

    [Fact]
    public async Task Execute_WhileCut_GetsCode10()
    {
        await using var host = await GateHost.StartAsync();
        var reached = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            Answers.WriteHead(context);
            context.Response.Headers.SetCookie = "MapiSequence=2";
            reached.SetResult();
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        var executing = client.ExecuteAsync();
        await reached.Task.WithinBounds();

        var receipt = host.Block("program1.exe");

        var answer = await executing.WithinBounds();
        answer.Status.Should().Be(System.Net.HttpStatusCode.OK);
        answer.Code.Should().Be(10);
        answer.ContentType.Should().Be("text/html");
        answer.SetCookies.Should().BeEmpty();
        answer.Headers["X-RequestType"].Should().Equal("Execute");
        answer.Headers["X-RequestId"].Should().Equal(MapiTestClient.RequestId);
        await receipt.Completion.WithinBounds();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Execute_AnsweredAfterThePolicyChanged_GetsCode10EvenIfTheNoticeIsLate(bool synchronously)
    {
        await using var host = await GateHost.StartAsync();
        using var unblock = new ManualResetEventSlim();
        host.Server.Execute = async context =>
        {
            // The last to register is the first to be told: the gate's own callback waits behind this one.
            context.Features.GetRequiredFeature<IMapiSessionFeature>().Session.Disconnected.Register(() => unblock.Wait());
            host.Block("program1.exe").Disconnected.Should().Be(1);
            if (synchronously)
            {
                AllowSynchronousIO(context);
                Answers.WriteHead(context);
                context.Response.Body.Write(Answers.ExecuteBody);
            }

            await Answers.WriteAsync(context, Answers.ExecuteBody);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();

        var answer = await client.ExecuteAsync();
        answer.Code.Should().Be(10);
        answer.Text.Should().StartWith("<html");
        (await client.ExecuteAsync()).Code.Should().Be(10);

        unblock.Set();
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Execute_ServerAbortsTheRequestWhenToldToStop_TheLastAnswerStillArrives(HttpProtocols protocol)
    {
        var aborted = new TaskCompletionSource();
        await using var host = await GateHost.StartAsync(
            protocols: protocol,
            beforeGate: app => app.Use((context, next) =>
            {
                if (context.Request.Headers[MapiHttpHeaders.RequestType] == "Execute")
                {
                    context.Response.OnStarting(() => aborted.Task);
                }

                return next(context);
            }));
        var reached = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            context.RequestAborted.Register(() =>
            {
                // As proxies do: a reset where there is one, an abort where there is none.
                if (context.Features.Get<IHttpResetFeature>() is { } reset)
                {
                    reset.Reset(8);
                }
                else
                {
                    context.Abort();
                }

                aborted.SetResult();
            });
            reached.SetResult();
            await aborted.Task;
        };
        var client = host.NewClient("program1.exe", protocol == HttpProtocols.Http2 ? System.Net.HttpVersion.Version20 : null);
        await client.ConnectAsync();
        var executing = client.ExecuteAsync();
        await reached.Task.WithinBounds();

        host.Block("program1.exe");

        (await executing.WithinBounds()).Code.Should().Be(10);
    }

    [Theory]
    [InlineData(6L, false)]
    [InlineData(6L, true)]
    [InlineData(null, true)]
    public async Task Execute_AnswerWholeButServerStillBusyWhenCut_ArrivesWhole(long? length, bool completes)
    {
        await using var host = await GateHost.StartAsync();
        var told = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            context.RequestAborted.Register(told.SetResult);
            Answers.WriteHead(context);
            context.Response.ContentLength = length;
            await context.Response.WriteAsync("a body");
            if (completes)
            {
                await context.Response.CompleteAsync();
            }

            await release.Task;
            await context.Response.CompleteAsync();
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.ExecuteRequest());

        await host.Block("program1.exe").Completion.WithinBounds();

        (await MapiTestAnswer.ReadAsync(response)).Text.Should().Be("a body");
        await told.Task.WithinBounds();
        release.SetResult();
    }

    [Fact]
    public async Task Execute_ServerThrows_TheExceptionIsTheHostsToAnswer()
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Execute = _ => throw new InvalidOperationException("The store is on fire.");
        var client = host.NewClient();
        await client.ConnectAsync();

        (await client.ExecuteAsync()).Status.Should().Be(System.Net.HttpStatusCode.InternalServerError);

        host.Gatekeeper.Sessions.Count.Should().Be(1);
    }

    [Fact]
    public async Task Execute_ClientGoes_TheServerIsTold()
    {
        await using var host = await GateHost.StartAsync();
        var reached = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            context.RequestAborted.Register(told.SetResult);
            reached.SetResult();
            await told.Task;
        };
        var client = host.NewClient();
        await client.ConnectAsync();
        using var leave = new CancellationTokenSource();
        var executing = client.SendAsync(client.ExecuteRequest(), leave.Token);
        await reached.Task.WithinBounds();

        await leave.CancelAsync();

        await told.Task.WithinBounds();
        await ((Func<Task>)(() => executing)).Should().ThrowAsync<OperationCanceledException>();
    }

    private static void AllowSynchronousIO(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
}
