using System.Text;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.Gateway.Health;

/// <summary>Health as text: the whole in a word, then a line for each check. Degraded is still 200, so that a typo empties no load balancer.</summary>
internal static class HealthText
{
    public const string Ready = "ready";

    /// <summary>/healthz: the gateway itself. A server that is away is not its illness.</summary>
    public static HealthCheckOptions Gateway { get; } = new() { Predicate = static check => !check.Tags.Contains(Ready), ResponseWriter = WriteAsync };

    /// <summary>/readyz: whether clients are served, so with the server behind.</summary>
    public static HealthCheckOptions Service { get; } = new() { ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var text = new StringBuilder().Append(report.Status).Append('\n');
        foreach (var (name, entry) in report.Entries)
        {
            text.Append(name).Append(": ").Append(entry.Status).Append(". ").Append(entry.Description).Append('\n');
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}
