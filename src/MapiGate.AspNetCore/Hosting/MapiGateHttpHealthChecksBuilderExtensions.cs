using System.Diagnostics.Metrics;
using MapiGate.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the gate on MAPI/HTTP to an application's health checks.</summary>
public static class MapiGateHttpHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy until the server behind has granted a Session Context by a cookie whose name is not in
    /// <see cref="MapiGateHttpOptions.ContextCookies"/>: its client then lives beyond the gate.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name. Default: "mapigate-http".</param>
    /// <param name="failureStatus">What to report then. Default: <see cref="HealthStatus.Degraded"/>.</param>
    /// <param name="tags">Tags to select the check by. Default: none.</param>
    public static IHealthChecksBuilder AddMapiGateHttp(
        this IHealthChecksBuilder builder,
        string name = "mapigate-http",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(static services => new HttpMetrics(services.GetService<IMeterFactory>()));
        return builder.Add(new HealthCheckRegistration(
            name,
            static services => new HttpHealthCheck(services.GetRequiredService<HttpMetrics>()),
            failureStatus ?? HealthStatus.Degraded,
            tags));
    }
}
