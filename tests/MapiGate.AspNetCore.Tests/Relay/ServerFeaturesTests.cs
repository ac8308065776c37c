using System.Net;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore.Tests.Relay;

/// <summary>What a server may do to a request and its response, it may do behind the gate.</summary>
public class ServerFeaturesTests
{
    [Fact]
    public async Task Headers_TheServerReadsAndEdits_AreThoseItsClientGets()
    {
        await using var host = await GateHost.StartAsync();
        List<string> seen = [];
        host.Server.Execute = async context =>
        {
            var headers = context.Response.Headers;
            headers["X-Cleared"] = "1";
            headers.Clear();
            Answers.WriteHead(context);
            context.Response.ContentLength = 6;
            headers.Add(new("X-Added", "2"));
            headers["X-Removed"] = "3";
            headers["X-Kept"] = "4";
            var copy = new KeyValuePair<string, StringValues>[headers.Count];
            headers.CopyTo(copy, 0);
            seen =
            [
                $"{headers.IsReadOnly} {headers.ContentLength} {headers["X-Added"]} {headers.TryGetValue("X-None", out _)}",
                $"{headers.Remove(new KeyValuePair<string, StringValues>("X-Removed", "3"))} {headers.ContainsKey("X-Removed")}",
                $"{headers.Remove(new KeyValuePair<string, StringValues>("X-Kept", "5"))} {headers.Contains(new("X-Kept", "4"))} {headers.Remove("X-None")}",
                $"{copy.Length - headers.Count} {headers.Keys.Count - headers.Count} {headers.Values.Contains("4")}",
                $"{copy.Except(headers).Single().Key}",
            ];
            await context.Response.WriteAsync("a body");
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        var answer = await client.ExecuteAsync();

        seen.Should().Equal("False 6 2 False", "True False", "False True False", "1 0 True", "X-Removed");
        answer.Headers.Select(header => header.Key).Where(name => name is "X-Cleared" or "X-Added" or "X-Removed" or "X-Kept")
            .Should().BeEquivalentTo("X-Added", "X-Kept");
    }

    [Fact]
    public async Task ASynchronousWrite_WhereTheHostAllowsNone_ThrowsBeforeAnythingIsSent()
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Execute = context =>
        {
            context.Response.Body.Write("a body"u8);
            return Task.CompletedTask;
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        (await client.ExecuteAsync()).Status.Should().Be(HttpStatusCode.InternalServerError);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task AServerThatAborts_IsHeard_AndTheSessionStays(HttpProtocols protocol)
    {
        await using var host = await GateHost.StartAsync(protocols: protocol);
        var abort = true;
        host.Server.Execute = async context =>
        {
            if (!abort)
            {
                await Answers.WriteAsync(context, Answers.ExecuteBody);
            }
            else if (context.Features.Get<IHttpResetFeature>() is { } reset)
            {
                reset.Reset(8);
            }
            else
            {
                context.Abort();
            }
        };
        var client = host.NewClient(httpVersion: protocol == HttpProtocols.Http2 ? HttpVersion.Version20 : null);
        await client.ConnectAsync();

        var lost = (await client.Awaiting(c => c.ExecuteAsync()).Should().ThrowAsync<HttpRequestException>()).Which;
        (lost.InnerException as HttpProtocolException)?.ErrorCode.Should().Be(8);

        abort = false;
        (await client.ExecuteAsync()).Code.Should().Be(0);
    }

    [Fact]
    public async Task AServerThatPutsItsOwnTokenInPlace_AsForATimeout_GetsIt()
    {
        using var timeout = new CancellationTokenSource();
        await using var host = await GateHost.StartAsync(behindGate: server => async context =>
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, timeout.Token);
            context.RequestAborted = linked.Token;
            await server.InvokeAsync(context);
        });
        host.Server.Execute = async context =>
        {
            await timeout.CancelAsync();
            Answers.WriteHead(context, context.RequestAborted.IsCancellationRequested ? 7 : 0);
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        (await client.ExecuteAsync()).Code.Should().Be(7);
    }

    [Fact]
    public async Task AServerThatPutsHeadersBodyAndTrailersOfItsOwnInPlace_HasThemSent()
    {
        await using var host = await GateHost.StartAsync(protocols: HttpProtocols.Http2);
        var kept = new MemoryStream();
        host.Server.Execute = async context =>
        {
            var response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
            response.Headers = new HeaderDictionary { ["X-ResponseCode"] = "7" };
#pragma warning disable CS0618 // There are servers old enough to use it.
            var body = response.Body;
            response.Body = kept;
            await context.Response.WriteAsync("kept");
            response.Body = body;
#pragma warning restore CS0618
            await context.Response.WriteAsync("a body");
            context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers = new HeaderDictionary { ["X-Trailer"] = "own" };
        };
        var client = host.NewClient(httpVersion: HttpVersion.Version20);
        await client.ConnectAsync();

        using var response = await client.StartAsync(client.ExecuteRequest());

        var answer = await MapiTestAnswer.ReadAsync(response);
        (answer.Code, answer.Text, kept.Length).Should().Be((7, "a body", 4));
        response.TrailingHeaders.GetValues("X-Trailer").Should().Equal("own");
    }

    [Fact]
    public async Task AServerThatThrowsWhenToldToStop_IsLogged_AndTheLastAnswerStillArrives()
    {
        var log = new RecordingLogger();
        await using var host = await GateHost.StartAsync(log: log);
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            context.RequestAborted.Register(() => throw new InvalidOperationException("host bug"));
            reached.SetResult();
            await release.Task;
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        var executing = client.ExecuteAsync();
        await reached.Task.WithinBounds();

        host.Block("program1.exe");

        (await executing.WithinBounds()).Code.Should().Be(10);
        (await log.WaitForAsync("ServerFailedAfterCut")).Exception!.InnerException!.Message.Should().Be("host bug");
        release.SetResult();
    }

    [Fact]
    public async Task AnAnswerThatCannotBeWritten_WhenCut_IsALostConnection_AndTheSessionEnds()
    {
        var log = new RecordingLogger();
        await using var host = await GateHost.StartAsync(
            beforeGate: app => app.Use((context, next) =>
            {
                if (context.Request.Headers["X-RequestType"] == "Execute")
                {
                    context.Response.Body = new FullDisk();
                }

                return next(context);
            }),
            log: log);
        var reached = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            reached.SetResult();
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        var executing = client.ExecuteAsync();
        await reached.Task.WithinBounds();

        var receipt = host.Block("program1.exe");

        await FluentActions.Awaiting(() => executing.WithinBounds()).Should().ThrowAsync<HttpRequestException>();
        (await log.WaitForAsync("RequestAborted")).Exception.Should().BeOfType<IOException>();
        await receipt.Completion.WithinBounds();
    }

    /// <summary>As of a host that keeps a copy of every answer.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device");
    }
}
