using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.AspNetCore;

/// <summary>
/// Tells whether clients live beyond the gate. What has got past stays past, and the options are read once: so it is said until
/// the host starts anew.
/// </summary>
internal sealed class HttpHealthCheck(HttpMetrics metrics) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(metrics.Ungated is > 0 and var ungated
            ? new HealthCheckResult(context.Registration.FailureStatus, string.Create(
                CultureInfo.InvariantCulture,
                $"The server behind has granted {ungated} Session Contexts by a cookie whose name is not in {nameof(MapiGateHttpOptions)}.{nameof(MapiGateHttpOptions.ContextCookies)}: no policy finds them."))
            : HealthCheckResult.Healthy("The gate knows every Session Context that the server behind has granted."));
}
