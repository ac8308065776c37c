using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.Gateway.Health;

/// <summary>Health as text: the whole in a word, then a line for each check. Degraded is still 200, so that a typo empties no load balancer.</summary>
internal static class HealthPages
{
    /// <summary>Marks the check of the server behind: one that is away is not the gateway's illness.</summary>
    public const string Ready = "ready";

    /// <summary>Maps <c>/healthz</c>, the gateway itself, and <c>/readyz</c>, whether clients are served.</summary>
    public static void Map(IEndpointRouteBuilder pages, IServiceProvider gateway)
    {
        var checks = gateway.GetRequiredService<HealthCheckService>();
        pages.MapGet("/healthz", context => WriteAsync(context, checks, static check => !check.Tags.Contains(Ready)));
        pages.MapGet("/readyz", context => WriteAsync(context, checks, static _ => true));
    }

    private static async Task WriteAsync(HttpContext context, HealthCheckService checks, Func<HealthCheckRegistration, bool> predicate)
    {
        var report = await checks.CheckHealthAsync(predicate, context.RequestAborted).ConfigureAwait(false);
        var text = new StringBuilder().Append(report.Status).Append('\n');
        foreach (var (name, entry) in report.Entries)
        {
            text.Append(name).Append(": ").Append(entry.Status).Append(". ").Append(entry.Description).Append('\n');
        }

        context.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted).ConfigureAwait(false);
    }
}
