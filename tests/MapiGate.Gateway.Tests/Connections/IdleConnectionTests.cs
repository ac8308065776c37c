using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests.Connections;

/// <summary>In a class of its own, since it waits in real time, as .NET's pool does, and others need not wait for it.</summary>
public class IdleConnectionTests
{
    [Fact]
    public async Task AConnectionIdleBeyondAMinute_IsStillItsUsers()
    {
        await using var server = await TestServer.StartAsync(new MapiServer(Ntlm.Authenticate).AnswerAsync);
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var client = new StoreClient(gateway.Url, "OUTLOOK.EXE");
        (await client.ConnectByNtlmAsync("janedow")).Should().Be("0x0");

        // .NET's pool of connections gives an idle one up after a minute, at the latest when it next looks after them.
        await Task.Delay(TimeSpan.FromSeconds(80), TimeProvider.System);

        (await client.PingAsync()).Should().Be("0");
    }
}
