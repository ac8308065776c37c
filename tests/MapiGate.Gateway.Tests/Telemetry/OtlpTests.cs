using System.Text;
using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Gateway.Tests.Telemetry;

public class OtlpTests
{
    [Fact]
    public async Task WhereACollectorIsNamed_ItGetsTheGatesMetricsAndLog()
    {
        var logs = new TaskCompletionSource();
        var metrics = new TaskCompletionSource();
        await using var collector = await TestServer.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var text = Encoding.UTF8.GetString(body.ToArray());
            Note(logs, context, "/v1/logs", text, "Gate before");
            Note(metrics, context, "/v1/metrics", text, "mapigate.policy.revision");
        });
        await using var server = await TestServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(
            server.Url, "--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.ToString(), "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "--OTEL_METRIC_EXPORT_INTERVAL", "200", "--OTEL_BLRP_SCHEDULE_DELAY", "200");

        await logs.Task.WithinBounds();
        await metrics.Task.WithinBounds();
    }

    private static void Note(TaskCompletionSource heard, HttpContext context, string path, string text, string part)
    {
        if (context.Request.Path == path && text.Contains(part, StringComparison.Ordinal))
        {
            heard.TrySetResult();
        }
    }
}
