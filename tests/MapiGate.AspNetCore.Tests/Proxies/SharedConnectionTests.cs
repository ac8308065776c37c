using System.Net;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MapiGate.AspNetCore.Tests.Proxies;

/// <summary>Several sessions on one connection, as a proxy with HTTP/2 has them.</summary>
public class SharedConnectionTests
{
    [Fact]
    public async Task ACutOfSomeOfManySessionsOnOneHttp2Connection_TouchesNoOther()
    {
        await using var host = await GateHost.StartAsync(protocols: HttpProtocols.Http2);
        var connections = new HashSet<string>();
        host.Server.Wait = async context =>
        {
            lock (connections)
            {
                connections.Add(context.Connection.Id);
            }

            await Answers.WaitUntilAbortedAsync(context);
        };
        var blocked = new List<MapiTestClient>();
        var kept = new List<MapiTestClient>();
        var waits = new List<(MapiTestClient Client, Task<MapiTestAnswer> Answer)>();
        MapiTestClient? first = null;
        for (var i = 0; i < 20; i++)
        {
            var client = host.NewClient(i % 2 == 0 ? "program1.exe" : "OUTLOOK.EXE", HttpVersion.Version20, sharing: first);
            first ??= client;
            (i % 2 == 0 ? blocked : kept).Add(client);
            await client.ConnectAsync();
            waits.Add((client, MapiTestAnswer.ReadAsync(await client.StartAsync(client.WaitRequest()))));
        }

        host.Block("program1.exe");

        foreach (var (client, answer) in waits.Where(wait => blocked.Contains(wait.Client)))
        {
            (await answer.WithinBounds()).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
            (await client.ExecuteAsync()).Code.Should().Be(10);
        }

        // Patience ends for nobody, since the server came back; and the others wait and work on, on the same connection.
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        foreach (var (client, answer) in waits.Where(wait => kept.Contains(wait.Client)))
        {
            answer.IsCompleted.Should().BeFalse();
            (await client.ExecuteAsync()).Code.Should().Be(0);
        }

        connections.Should().ContainSingle();
    }

    [Fact]
    public async Task AServerThatHangsOnOneStream_CostsNoOtherStreamItsConnection()
    {
        await using var host = await GateHost.StartAsync(protocols: HttpProtocols.Http2);
        var release = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            if (context.Features.Get<IMapiSessionFeature>()!.Session.Client.ProcessName == "program1.exe")
            {
                await release.Task;
            }

            await Answers.WriteAsync(context, Answers.ExecuteBody);
        };
        var blocked = host.NewClient("program1.exe", HttpVersion.Version20);
        var kept = host.NewClient("OUTLOOK.EXE", HttpVersion.Version20, sharing: blocked);
        await blocked.ConnectAsync();
        await kept.ConnectAsync();
        using var wait = await kept.StartAsync(kept.WaitRequest());
        var executing = blocked.ExecuteAsync();
        await BoundedWait.UntilAsync(() => host.Server.Received.Count == 4);

        host.Block("program1.exe");
        (await executing.WithinBounds()).Code.Should().Be(10);
        host.Clock.Advance(TimeSpan.FromSeconds(10));

        (await kept.ExecuteAsync()).Code.Should().Be(0);
        host.Block("OUTLOOK.EXE");
        (await MapiTestAnswer.ReadAsync(wait)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
        release.SetResult();
    }
}
