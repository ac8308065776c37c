using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Connect;

public class ServerRefusalTests
{
    public static TheoryData<string> Refusals => ["status", "code", "no cookie", "cookie taken away", "exception", "exception after the answer began"];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task ServerRefusal_ReleasesTheSession(string kind)
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Connect = async context =>
        {
            switch (kind)
            {
                case "status":
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    context.Response.Headers.SetCookie = "MapiContext=never";
                    Answers.WriteHead(context);
                    break;
                case "code":
                    context.Response.Headers.SetCookie = "MapiContext=never";
                    Answers.WriteHead(context, code: 8);
                    break;
                case "no cookie":
                    await Answers.WriteAsync(context, new ConnectResponse().ToArray());
                    break;
                case "cookie taken away":
                    context.Response.Headers.SetCookie = "MapiContext=; expires=Thu, 01 Jan 1970 00:00:00 GMT";
                    await Answers.WriteAsync(context, new ConnectResponse().ToArray());
                    break;
                case "exception after the answer began":
                    context.Response.Headers.SetCookie = "MapiContext=never";
                    await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
                    throw new InvalidOperationException(kind);
                default:
                    throw new InvalidOperationException(kind);
            }
        };
        var client = host.NewClient();

        try
        {
            await client.ConnectAsync();
        }
        catch (HttpRequestException)
        {
            // The answer that breaks off.
        }

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
        client.Cookies = ["MapiContext=never"];
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task ClientThatGoesBeforeItIsAnswered_ReleasesTheSession()
    {
        await using var host = await GateHost.StartAsync();
        var waiting = new TaskCompletionSource();
        host.Server.Connect = async context =>
        {
            waiting.SetResult();
            var aborted = new TaskCompletionSource();
            context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
            await host.Server.ConnectAsync(context, "never");
        };
        var client = host.NewClient();
        using var leave = new CancellationTokenSource();
        var connecting = client.SendAsync(client.NewRequest("Connect", new ByteArrayContent(client.ConnectBody())), leave.Token);
        await waiting.Task.WithinBounds();

        await leave.CancelAsync();

        await ((Func<Task>)(() => connecting)).Should().ThrowAsync<OperationCanceledException>();
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
        client.Cookies = ["MapiContext=never"];
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }
}
