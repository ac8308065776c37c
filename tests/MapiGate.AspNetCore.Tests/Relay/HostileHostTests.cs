using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.AspNetCore.Tests.Relay;

/// <summary>Hosts that block, linger and write where they should not: they harm nobody but themselves.</summary>
public class HostileHostTests
{
    [Fact]
    public async Task AStartingCallbackOfTheServersThatNeverReturns_HoldsUpNoCut()
    {
        await using var host = await GateHost.StartAsync();
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        host.Server.Execute = context =>
        {
            context.Response.OnStarting(() =>
            {
                reached.SetResult();
                return release.Task;
            });
            return Answers.WriteAsync(context, Answers.ExecuteBody);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        var executing = client.ExecuteAsync();
        await reached.Task.WithinBounds();

        host.Block("program1.exe");

        (await executing.WithinBounds()).Code.Should().Be(10);
        release.SetResult();
    }

    [Fact]
    public async Task AStartingCallbackInFrontThatNeverReturns_CostsItsClientTheConnection()
    {
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var host = await GateHost.StartAsync(beforeGate: app => app.Use((context, next) =>
        {
            if (context.Request.Headers["X-RequestType"] == "Execute")
            {
                context.Response.OnStarting(() =>
                {
                    reached.SetResult();
                    return release.Task;
                });
            }

            return next(context);
        }));
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var raw = await RawConnection.OpenAsync(host.Address);
        await raw.PostAsync([0], "X-RequestType: Execute", $"Cookie: {client.Cookies[0]}");
        await reached.Task.WithinBounds();

        host.Block("program1.exe");
        var answer = raw.ReadToEndAsync();
        await BoundedWait.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return answer.IsCompleted;
        });

        (await answer).Should().BeEmpty();
        release.SetResult();
    }

    [Fact]
    public async Task ASynchronousWriterWhoseClientDoesNotRead_IsLetGoWhenPatienceEnds()
    {
        await using var host = await GateHost.StartAsync();
        var ended = new TaskCompletionSource<Exception>();
        host.Server.Execute = context =>
        {
            context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
            Answers.WriteHead(context);
            return Task.Run(() =>
            {
                try
                {
                    while (true)
                    {
                        context.Response.Body.Write(new byte[1 << 16], 0, 1 << 16);
                    }
                }
                catch (Exception exception)
                {
                    ended.SetResult(exception);
                }
            });
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var raw = await RawConnection.OpenAsync(host.Address);
        await raw.PostAsync([0], "X-RequestType: Execute", $"Cookie: {client.Cookies[0]}");
        await raw.ReadUntilAsync("\r\n\r\n");
        await BoundedWait.UntilAsync(() => host.Server.Received.Contains("Execute"));

        host.Block("program1.exe");
        await BoundedWait.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return ended.Task.IsCompleted;
        });

        (await ended.Task).Should().BeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task AServerThatCompletesItsAnswer_WhenItsClientHasGone_IsNotHeldUp()
    {
        await using var host = await GateHost.StartAsync();
        var ended = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            var gone = new TaskCompletionSource();
            context.RequestAborted.Register(gone.SetResult);
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            reached.SetResult();
            await gone.Task;
            await context.Response.WriteAsync("to nobody");
            await context.Response.CompleteAsync();
            ended.SetResult();
        };
        var client = host.NewClient();
        await client.ConnectAsync();
        using (var raw = await RawConnection.OpenAsync(host.Address))
        {
            await raw.PostAsync([0], "X-RequestType: Execute", $"Cookie: {client.Cookies[0]}");
            await reached.Task.WithinBounds();
        }

        await ended.Task.WithinBounds();
    }

    [Fact]
    public async Task AServerThatCompletesItsAnswer_WhenItsHeadCouldNotBeSent_IsNotHeldUp()
    {
        await using var host = await GateHost.StartAsync();
        var ended = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            context.Response.Headers["X-Bad"] = "\u202E";
            await Record.ExceptionAsync(() => context.Response.WriteAsync("a body"));
            await Record.ExceptionAsync(() => context.Response.CompleteAsync());
            ended.SetResult();
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        var executing = client.ExecuteAsync();

        await ended.Task.WithinBounds();
        (await executing.WithinBounds()).Status.Should().Be(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task AHostInFrontThatKeepsTheAnswerBack_SendsTheGatesEndingToWhatItKept()
    {
        await using var host = await GateHost.StartAsync(beforeGate: app => app.Use(async (context, next) =>
        {
            var client = context.Response.Body;
            var kept = new MemoryStream();
            context.Response.Body = kept;
            await next(context);
            await client.WriteAsync(kept.ToArray());
        }));
        var reached = new TaskCompletionSource();
        host.Server.Wait = async context =>
        {
            Answers.WriteHead(context);
            await context.Response.StartAsync();
            reached.SetResult();
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        var waiting = client.SendAsync(client.WaitRequest());
        await reached.Task.WithinBounds();

        host.Block("program1.exe");

        (await waiting.WithinBounds()).Text.Should().StartWith("PROCESSING\r\nDONE\r\nX-ResponseCode: 10\r\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AServerThatWritesOnWhenItsTaskHasEnded_IsRefused_AndTheNextAnswerIsUntouched(bool cut)
    {
        await using var host = await GateHost.StartAsync();
        PipeWriter? writer = null;
        Stream? stream = null;
        host.Server.Execute = context =>
        {
            (writer, stream) = (context.Response.BodyWriter, context.Response.Body);
            return Answers.WriteAsync(context, Answers.ExecuteBody);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        await client.ExecuteAsync();
        if (cut)
        {
            host.Block("program1.exe");
            host.Block("");
            await client.ConnectAsync();
        }

        using var response = await client.StartAsync(client.WaitRequest());

        FluentActions.Invoking(() => writer!.Write("late"u8)).Should().Throw<InvalidOperationException>();
        await FluentActions.Awaiting(async () => await stream!.WriteAsync("late"u8.ToArray())).Should().ThrowAsync<Exception>();
        host.Block("program1.exe");

        (await MapiTestAnswer.ReadAsync(response)).Text.Should().StartWith("PROCESSING\r\nDONE\r\nX-ResponseCode: 10").And.NotContain("late");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ALogThatThrowsAtEachLine_TearsNoAnswer(bool whenAsked)
    {
        var log = new ThrowingLog { ThrowsWhenAsked = whenAsked };
        await using var host = await GateHost.StartAsync(services: services => services.AddLogging(
            logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.None).AddFilter("MapiGate", LogLevel.Debug)));
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        var waiting = client.SendAsync(client.WaitRequest());
        await BoundedWait.UntilAsync(() => host.Server.Received.Contains("NotificationWait"));

        host.Block("program1.exe");

        (await waiting.WithinBounds()).Text.Should().StartWith("PROCESSING\r\nDONE\r\nX-ResponseCode: 10\r\n");
        (await client.ExecuteAsync()).Code.Should().Be(10);
        host.Server.CookieName = "SessionId";
        (await host.NewClient().ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);
        log.Thrown.Should().BeGreaterThan(2);
    }

    [Fact]
    public async Task AServerThatThrowsAtTheMomentOfTheCut_LeavesTheLastAnswerWhole()
    {
        await using var host = await GateHost.StartAsync();
        var clients = Enumerable.Range(0, 20).Select(_ => host.NewClient("program1.exe")).ToList();
        for (var round = 0; round < 20; round++)
        {
            var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            host.Server.Received.Clear();
            host.Server.Wait = async context =>
            {
                await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
                await Task.WhenAny(release.Task, Answers.NeverAsync(context));
                context.RequestAborted.ThrowIfCancellationRequested();
                await Answers.NeverAsync(context);
            };
            await Task.WhenAll(clients.Select(client => client.ConnectAsync()));
            var waits = await Task.WhenAll(clients.Select(client => client.StartAsync(client.WaitRequest())));
            var answers = waits.Select(MapiTestAnswer.ReadAsync).ToList();

            var cutting = Task.Run(() => host.Block("program1.exe"));
            release.SetResult();
            await cutting.WithinBounds();

            (await Task.WhenAll(answers)).Should().OnlyContain(answer => answer.Text.StartsWith("PROCESSING\r\nDONE\r\nX-ResponseCode: 10\r\n"));
            host.Block("");
        }
    }
}
