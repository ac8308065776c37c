using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.Hosting;

public class ForwardingProxyTests
{
    [Fact]
    public async Task GateBeforeAProxy_LetsInRefusesAndCuts()
    {
        await using var behind = await GateHost.StartAsync(configure: options => options.Path = "/nothing/here");
        using var forwarder = new Forwarder(behind.Address);
        await using var host = await GateHost.StartAsync(blocked: "program2.exe", behindGate: _ => forwarder.ForwardAsync);
        var client = host.NewClient("program1.exe");

        (await client.ConnectAsync()).Connected.DisplayName.Should().Be("Jane Dow");
        (await client.ExecuteAsync()).Inner.Body.ToArray().Should().Equal(Answers.ExecuteBody);
        (await host.NewClient("program2.exe").ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
        using var wait = await client.StartAsync(client.WaitRequest());

        var receipt = host.Block("program1.exe");

        (await MapiTestAnswer.ReadAsync(wait)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
        await receipt.Completion.WithinBounds();
        (await client.ExecuteAsync()).Code.Should().Be(10);
        behind.Server.Received.Should().Equal("Connect", "Execute", "NotificationWait");
        behind.Gatekeeper.Sessions.Count.Should().Be(0);
    }
}
