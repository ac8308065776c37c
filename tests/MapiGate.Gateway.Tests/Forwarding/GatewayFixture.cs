using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests.Forwarding;

/// <summary>One gateway with the defaults, before a server that keeps what it receives.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    internal RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        Gateway = await RunningGateway.StartAsync(Server.Url);
    }

    public async Task DisposeAsync()
    {
        Gateway.Dispose();
        await Server.DisposeAsync();
    }
}
