using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate;

/// <summary>
/// Tells whether the policy in force is the one last written. A gate that works by its last known good policy is degraded,
/// not unhealthy: it should be repaired, and must not be taken out of service for it.
/// </summary>
internal sealed class PolicyHealthCheck(Gatekeeper gatekeeper) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (status, inForce) = (gatekeeper.Status, gatekeeper.InForce);
        var data = new Dictionary<string, object> { ["revision"] = inForce.Revision, ["fingerprint"] = inForce.Fingerprint, ["sessions"] = gatekeeper.Sessions.Count };
        var result = status.IsLastKnownGood || status.Warning is not null
            ? new HealthCheckResult(
                context.Registration.FailureStatus,
                string.Create(CultureInfo.InvariantCulture, $"Policy revision {inForce.Revision} is in force{(status.IsLastKnownGood ? ", and not what was written since" : "; since")} {status.Since:u}. {status}"),
                data: data)
            : HealthCheckResult.Healthy(string.Create(CultureInfo.InvariantCulture, $"Policy revision {inForce.Revision} is in force.{(status.IsByHand ? $" {status}" : string.Empty)}"), data);
        return Task.FromResult(result);
    }
}
