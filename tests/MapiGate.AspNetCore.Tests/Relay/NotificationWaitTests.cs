using System.Net;
using System.Text;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MapiGate.AspNetCore.Tests.Relay;

public class NotificationWaitTests
{
    [Fact]
    public async Task PendingNotificationWait_WhenPolicyCutsIt_EndsWithLateCode10()
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await Answers.WriteTagsAsync(context, "PENDING\r\nPENDING\r\n");
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());
        await ReadAsync(response, "PROCESSING\r\nPENDING\r\nPENDING\r\n");
        host.Clock.Advance(TimeSpan.FromMilliseconds(41230));

        var receipt = host.Block("program1.exe");

        (await ReadRestAsync(response)).Should().Be(
            "DONE\r\nX-ResponseCode: 10\r\nX-ElapsedTime: 41230\r\nX-StartTime: Sun, 22 Nov 2026 10:15:30 GMT\r\n\r\n");
        await receipt.Completion.WithinBounds();
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task PendingNotificationWait_OverHttp2_EndsWithLateCode10()
    {
        await using var host = await GateHost.StartAsync(protocols: HttpProtocols.Http2);
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            try
            {
                await Answers.NeverAsync(context);
            }
            finally
            {
                // As a proxy does whose copying was cancelled. It must not take the client's last answer with it.
                context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResetFeature>()!.Reset(8);
            }
        };
        var client = host.NewClient("program1.exe", HttpVersion.Version20);
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());

        host.Block("program1.exe");

        (await MapiTestAnswer.ReadAsync(response)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
    }

    [Fact]
    public async Task PendingNotificationWait_WhoseServerHasTrailersReady_EndsWithoutThem()
    {
        await using var host = await GateHost.StartAsync(protocols: HttpProtocols.Http2);
        host.Server.Wait = async context =>
        {
            context.Response.DeclareTrailer("X-Trailer");
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            context.Response.AppendTrailer("X-Trailer", "the server's");
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe", HttpVersion.Version20);
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());

        host.Block("program1.exe");

        (await MapiTestAnswer.ReadAsync(response)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
        response.TrailingHeaders.Should().BeEmpty();
    }

    [Fact]
    public async Task PendingNotificationWaits_OfOtherSessions_AreNotTouched()
    {
        await using var host = await GateHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await release.Task.WaitAsync(context.RequestAborted);
            await Answers.WriteTagsAsync(context, "DONE\r\nX-ResponseCode: 0\r\n\r\n");
        };
        var blocked = host.NewClient("program1.exe");
        var other = host.NewClient("OUTLOOK.EXE");
        await blocked.ConnectAsync();
        await other.ConnectAsync();
        using var cut = await blocked.StartAsync(blocked.WaitRequest());
        using var kept = await other.StartAsync(other.WaitRequest());

        await host.Block("program1.exe").Completion.WithinBounds();
        release.SetResult();

        (await MapiTestAnswer.ReadAsync(kept)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.Success);
        (await other.ExecuteAsync()).Code.Should().Be(0);
        host.Gatekeeper.Sessions.Should().ContainSingle().Which.Client.ProcessName.Should().Be("OUTLOOK.EXE");
    }

    [Theory]
    [InlineData("", "PROCESSING\r\nDONE\r\n")]
    [InlineData("PROCESSING\r\nPENDING", "\r\nDONE\r\n")]
    [InlineData("PROCESSING\r\nPENDINGPENDING", "\r\nDONE\r\n")]
    public async Task PendingNotificationWait_CutBetweenTags_GetsAWholeStream(string sent, string next)
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, sent);
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());
        await ReadAsync(response, sent);

        host.Block("program1.exe");

        (await ReadRestAsync(response)).Should().StartWith(next + "X-ResponseCode: 10\r\n");
    }

    [Theory]
    [InlineData("PROCESSING\r\nPEND", null, null)]
    [InlineData("PROCESSING\r\nDONE\r\n", null, null)]
    [InlineData("<html>", null, null)]
    [InlineData("PROCESSING\r\n", 1000L, null)]
    [InlineData("", null, "gzip")]
    public async Task PendingNotificationWait_ThatCannotBeEndedInForm_IsAbortedWhenPatienceEnds(string sent, long? promised, string? coding)
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Wait = async context =>
        {
            context.Response.ContentLength = promised;
            context.Response.Headers.ContentEncoding = coding;
            await Answers.WriteTagsAsync(context, sent);
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());
        await ReadAsync(response, sent);

        host.Block("program1.exe");
        var rest = ReadRestAsync(response);
        await BoundedWait.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return rest.IsCompleted;
        });

        await ((Func<Task>)(() => rest)).Should().ThrowAsync<IOException>();
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Theory]
    [InlineData("PROCESSING\r\nDONE\r\nX-ResponseCode: 0\r\n\r\n1234", "5678")]
    [InlineData("PROCESSING\r\nDO", "NE\r\nX-ResponseCode: 0\r\n\r\n12345678")]
    [InlineData("no inner stream", " at all")]
    public async Task AnAnswerThatCannotBeEndedInForm_WhoseServerFinishes_ArrivesWhole(string before, string after)
    {
        await using var host = await GateHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, before);
            await release.Task;
            await Answers.WriteTagsAsync(context, after);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());
        await ReadAsync(response, before);

        host.Block("program1.exe");
        (await client.ExecuteAsync()).Code.Should().Be(10);
        release.SetResult();

        (await ReadRestAsync(response)).Should().Be(after);
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Fact]
    public async Task AnAnswerThatItsServerBreaksOffBehindDone_AfterTheCut_LooksBrokenOff()
    {
        await using var host = await GateHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\nDONE\r\nX-ResponseCode: 0\r\n\r\n");
            await release.Task;
            throw new InvalidOperationException();
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());

        host.Block("program1.exe");
        (await client.ExecuteAsync()).Code.Should().Be(10);
        release.SetResult();

        await ((Func<Task>)(() => ReadRestAsync(response))).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task ATagThatWasTorn_WhenTheServerMendsIt_IsFollowedByTheGatesEnding()
    {
        await using var host = await GateHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\nPEND");
            await release.Task;
            await Answers.WriteTagsAsync(context, "ING\r\n");
            await Answers.NeverAsync(context);
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());
        await ReadAsync(response, "PROCESSING\r\nPEND");

        host.Block("program1.exe");
        release.SetResult();

        (await ReadRestAsync(response)).Should().StartWith("ING\r\nDONE\r\nX-ResponseCode: 10\r\n");
    }

    [Fact]
    public async Task PendingNotificationWait_ServerWritesOnAfterTheCut_NothingOfItArrives()
    {
        await using var host = await GateHost.StartAsync();
        var failed = new TaskCompletionSource<Exception>();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            try
            {
                while (true)
                {
                    await Answers.WriteTagsAsync(context, "PENDING\r\n");
                }
            }
            catch (Exception exception)
            {
                failed.SetResult(exception);
                throw;
            }
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());
        var reading = MapiTestAnswer.ReadAsync(response);

        host.Block("program1.exe");

        (await reading).Text.Should().MatchRegex(
            @"\APROCESSING\r\n(PENDING\r\n)*DONE\r\nX-ResponseCode: 10\r\nX-ElapsedTime: 0\r\nX-StartTime: [^\r]+\r\n\r\n\z");
        (await failed.Task.WithinBounds()).Should().BeAssignableTo<OperationCanceledException>();
    }

    private static async Task ReadAsync(HttpResponseMessage response, string expected)
    {
        var stream = await response.Content.ReadAsStreamAsync();
        var bytes = new byte[expected.Length];
        await stream.ReadExactlyAsync(bytes).AsTask().WithinBounds();
        Encoding.ASCII.GetString(bytes).Should().Be(expected);
    }

    private static async Task<string> ReadRestAsync(HttpResponseMessage response)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.ASCII);
        return await reader.ReadToEndAsync().WithinBounds();
    }
}
