using MapiGate;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the gate to an application's health checks.</summary>
public static class MapiGateHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy while the policy in force is the one last written, and says what is wrong, since when and
    /// which revision is in force when it is only the last known good one, or when something else needs care.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name. Default: "mapigate".</param>
    /// <param name="failureStatus">What to report for a last known good policy. Default: <see cref="HealthStatus.Degraded"/>.</param>
    /// <param name="tags">Tags to select the check by. Default: none.</param>
    public static IHealthChecksBuilder AddMapiGate(
        this IHealthChecksBuilder builder,
        string name = "mapigate",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            static services => new PolicyHealthCheck(services.GetRequiredService<Gatekeeper>()),
            failureStatus ?? HealthStatus.Degraded,
            tags));
    }
}
