using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>A gate of a fleet changes nothing for all unless it was given an administrator's credentials: it shows.</summary>
internal static class FleetRights
{
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.FleetIfAny() is { MayOrder: false } fleet
            ? Problem.Of(
                StatusCodes.Status403Forbidden,
                "This gate only shows",
                $"{fleet.GateName} follows the fleet's policy, and was given no administrator's credentials: change it from a gate that was, or from an administrator's machine.")
            : await next(context).ConfigureAwait(false);
}
