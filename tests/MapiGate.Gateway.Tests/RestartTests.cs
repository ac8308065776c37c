using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests;

public class RestartTests
{
    [Fact]
    public async Task AGatewayThatIsKilledAndStartsAgain_KeepsItsSessions_ButNotThoseOfAProgramBlockedMeanwhile()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var outlook = new StoreClient(gateway.Url, "OUTLOOK.EXE");
        using var program1 = new StoreClient(gateway.Url, "program1.exe");
        (await outlook.ConnectAsync()).Should().Be("0");
        (await program1.ConnectAsync()).Should().Be("0");

        await gateway.RestartAsync(blocked: "program1.exe");

        (await outlook.PingAsync()).Should().Be("0");
        (await program1.PingAsync()).Should().Be("10");
    }
}
