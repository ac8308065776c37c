using MapiGate.Gateway.Forwarding;
using MapiGate.Gateway.Health;

namespace MapiGate.Gateway.Hosting;

/// <summary>What stands on the listener for management, which is told by the listener and never by the Host header.</summary>
internal static class ManagementListener
{
    public static void UseOn(WebApplication app) => app.MapWhen(
        static context => context.Features.Get<ManagementConnection>() is not null,
        static management => management.UseRouting().UseEndpoints(MapPages));

    private static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapHealthChecks("/healthz", HealthText.Gateway);
        pages.MapHealthChecks("/readyz", HealthText.Service);
        pages.MapFallback(static context => GatewayAnswer.SendAsync(context, StatusCodes.Status404NotFound, "Here are /healthz and /readyz."));
    }
}
