using System.Text.Json.Nodes;
using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests.Attacks;

/// <summary>A gateway that blocks program1.exe, before a server that lets everybody in, by whatever path.</summary>
public sealed class AttackFixture : IAsyncLifetime
{
    internal MapiServer Store { get; } = new(static _ => "janedow");

    internal TestServer Server { get; private set; } = null!;

    internal RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync(Store.AnswerAsync);
        Gateway = await RunningGateway.StartAsync(Server.Url, new JsonObject { ["DisableMapiClientProcesses"] = "program1.exe" });
    }

    public async Task DisposeAsync()
    {
        Gateway.Dispose();
        await Server.DisposeAsync();
    }
}
