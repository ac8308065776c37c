using MapiGate.Gateway.Options;
using MapiGate.Gateway.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.Gateway.Hosting;

/// <summary>Says where the gateway stands, once it does, and what an administrator should know about how.</summary>
internal sealed class StartupReport(IServer server, GatewayOptions options, IHostApplicationLifetime lifetime, ILogger<StartupReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Report);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Report()
    {
        var clients = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        GatewayLog.Started(logger, options.Server!.GetLeftPart(UriPartial.Authority), string.Join(", ", clients));
        if (options.AllowRpc)
        {
            GatewayLog.RpcOpen(logger);
        }
    }
}
