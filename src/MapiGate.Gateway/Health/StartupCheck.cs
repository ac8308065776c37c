using MapiGate.Gateway.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.Gateway.Health;

/// <summary>Looks at the server behind once at start, and says in the log what the health pages would.</summary>
internal sealed class StartupCheck(HealthCheckService health, ILogger<StartupCheck> logger) : BackgroundService
{
    // One after the other: the first makes the connection that shows the second the certificate.
    private static readonly string[] Names = [ServerHealthCheck.Name, CertificateHealthCheck.Name];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var name in Names)
            {
                var report = await health.CheckHealthAsync(check => check.Name == name, stoppingToken).ConfigureAwait(false);
                foreach (var entry in report.Entries.Values.Where(static entry => entry.Status != HealthStatus.Healthy))
                {
                    GatewayLog.NotHealthyAtStart(logger, entry.Description);
                }
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
        {
            // A start that failed meanwhile has taken the services away, or is about to.
        }
    }
}
