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
        var addresses = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ToArray();
        var clients = options.Management is "" ? addresses : addresses[..^1];
        GatewayLog.Started(
            logger, options.Server!.GetLeftPart(UriPartial.Authority), string.Join(", ", clients), options.Management is "" ? "no address" : addresses[^1]);
        if (options.AllowRpc)
        {
            GatewayLog.RpcOpen(logger);
        }

        if (DataFolder.Of(options) is null)
        {
            GatewayLog.PolicyForgotten(logger);
        }
    }
}
