using MapiGate.Gateway.Connections;
using MapiGate.Gateway.Options;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.Gateway.Health;

/// <summary>Asks the server behind for its own health page: any answer below 500 says that it is there.</summary>
internal sealed class ServerHealthCheck(ServerConnections connections, GatewayOptions options) : IHealthCheck
{
    public const string Name = "server";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Server!, "/mapi/healthcheck.htm"));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.ConnectTimeout);
        try
        {
            using var response = await connections.Pool.SendAsync(request, timeout.Token).ConfigureAwait(false);
            return (int)response.StatusCode < StatusCodes.Status500InternalServerError
                ? HealthCheckResult.Healthy($"The server behind answers ({(int)response.StatusCode}).")
                : HealthCheckResult.Unhealthy($"The server behind answers its health page with {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return HealthCheckResult.Unhealthy($"The server behind can't be reached: {(exception is OperationCanceledException ? "no answer in time" : exception.GetBaseException().Message)}");
        }
    }
}
