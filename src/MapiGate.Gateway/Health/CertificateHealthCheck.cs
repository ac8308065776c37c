using MapiGate.Gateway.Tls;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.Gateway.Health;

/// <summary>Degraded while the gateway's certificate is not that of the server behind, as far as it has been seen.</summary>
internal sealed class CertificateHealthCheck(CertificateComparison comparison) : IHealthCheck
{
    public const string Name = "certificate";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(comparison.Difference is { } difference
            ? HealthCheckResult.Degraded(difference)
            : HealthCheckResult.Healthy("No difference is known to that of the server behind."));
}
