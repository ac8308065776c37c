using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Relay;

public class HungHandlerTests
{
    [Fact]
    public async Task HungHandler_DelaysNeitherItsClientsAnswerNorOtherSessions()
    {
        await using var host = await GateHost.StartAsync();
        var release = new TaskCompletionSource();
        using var unblock = new ManualResetEventSlim();
        host.Server.Execute = HangAsync;
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await HangAsync(context);
        };
        var clients = Enumerable.Range(0, 2).Select(_ => host.NewClient("program1.exe")).ToList();
        var pending = new List<Task<MapiTestAnswer>>();
        foreach (var client in clients)
        {
            await client.ConnectAsync();
            pending.Add(client.SendAsync(client.WaitRequest()));
            pending.Add(client.ExecuteAsync());
        }

        await BoundedWait.UntilAsync(() => host.Server.Received.Count == 6);

        var receipt = host.Block("program1.exe");

        foreach (var answer in await Task.WhenAll(pending).WithinBounds())
        {
            (answer.Code == 10 || answer.Inner.ResponseCode == MapiHttpResponseCode.ContextNotFound).Should().BeTrue();
        }

        await receipt.Completion.WithinBounds();
        host.Gatekeeper.Sessions.Count.Should().Be(0);
        unblock.Set();
        release.SetResult();

        // Deaf to the token, and worse: what is registered on it never comes back.
        async Task HangAsync(HttpContext context)
        {
            context.RequestAborted.Register(() => unblock.Wait());
            await release.Task;
            context.Response.Headers["X-Too-Late"] = "yes";
        }
    }

    [Fact]
    public async Task HungHandler_WhenPatienceEnds_LosesItsConnection()
    {
        await using var host = await GateHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await release.Task;
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var raw = await RawConnection.OpenAsync(host.Address);
        await raw.PostAsync([], "X-RequestType: NotificationWait", $"Cookie: {client.Cookies[0]}");
        await raw.ReadUntilAsync("PROCESSING\r\n");

        host.Block("program1.exe");

        // The whole answer at once, and then the end of the connection, which the next request would only have waited on.
        await raw.ReadUntilAsync("0\r\n\r\n");
        var rest = raw.ReadToEndAsync();
        rest.IsCompleted.Should().BeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        (await rest.WithinBounds()).Should().BeEmpty();
        release.SetResult();
    }

    [Fact]
    public async Task ClientThatDoesNotRead_DelaysNeitherTheReceiptNorOtherSessions()
    {
        await using var host = await GateHost.StartAsync();
        var writing = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            Answers.WriteHead(context);
            var chunk = new byte[1 << 20];
            while (true)
            {
                var write = context.Response.Body.WriteAsync(chunk);
                if (!write.IsCompleted)
                {
                    writing.TrySetResult();
                }

                await write;
            }
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.ExecuteRequest());
        await writing.Task.WithinBounds();

        var receipt = host.Block("program1.exe");
        await BoundedWait.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return receipt.Completion.IsCompleted;
        });

        host.Gatekeeper.Sessions.Count.Should().Be(0);
    }
}
