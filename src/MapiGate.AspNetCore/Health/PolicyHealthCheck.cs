using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.AspNetCore;

/// <summary>
/// Tells whether the policy in force is the one last written. A gate that works by its last known good policy is degraded,
/// not unhealthy: it should be repaired, and must not be taken out of service for it.
/// </summary>
internal sealed class PolicyHealthCheck(Gatekeeper gatekeeper) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = gatekeeper.Status;
        var revision = gatekeeper.Revision;
        var data = new Dictionary<string, object> { ["revision"] = revision, ["sessions"] = gatekeeper.Sessions.Count };
        var result = status.IsLastKnownGood
            ? new HealthCheckResult(
                context.Registration.FailureStatus,
                string.Create(CultureInfo.InvariantCulture, $"Policy revision {revision} is in force, and not what was written since {status.Since:u}. {status}"),
                data: data)
            : HealthCheckResult.Healthy(string.Create(CultureInfo.InvariantCulture, $"Policy revision {revision} is in force."), data);
        return Task.FromResult(result);
    }
}
