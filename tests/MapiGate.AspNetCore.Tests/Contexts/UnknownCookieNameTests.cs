using System.Diagnostics.Metrics;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace MapiGate.AspNetCore.Tests.Contexts;

/// <summary>A server whose Session Context cookie has a name that nobody configured: its clients get past, and never in silence.</summary>
public class UnknownCookieNameTests
{
    [Fact]
    public async Task AConnectThatSucceedsByAnUnknownName_IsAWarningAMetricAndDegradedHealth()
    {
        var log = new RecordingLogger();
        await using var host = await GateHost.StartAsync(log: log, services: services => services.AddHealthChecks().AddMapiGateHttp());
        using var metrics = new RecordedMetrics(host.Services.GetRequiredService<IMeterFactory>());
        var health = host.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync()).Status.Should().Be(HealthStatus.Healthy);
        host.Server.CookieName = "SessionId";

        await host.NewClient().ConnectAsync();
        await host.NewClient().ConnectAsync();

        var warning = log.Entries.Should().ContainSingle(entry => entry.EventId.Name == "ContextUngated").Subject;
        warning.Level.Should().Be(LogLevel.Warning);
        warning.Message.Should().Contain("SessionId").And.Contain("ContextCookies");
        metrics.Sum("mapigate.http.contexts.ungated").Should().Be(2);
        var report = await health.CheckHealthAsync();
        report.Status.Should().Be(HealthStatus.Degraded);
        report.Entries["mapigate-http"].Description.Should().Contain("2 Session Contexts");
    }

    [Fact]
    public async Task AListenerToMetricsThatThrows_TearsNoAnswer()
    {
        using var meters = new MeterHost(name => _ = name.StartsWith("mapigate", StringComparison.Ordinal) ? throw new InvalidOperationException("host bug") : 0);
        await using var host = await GateHost.StartAsync(services: services => services.AddSingleton(meters.Factory));
        host.Server.CookieName = "SessionId";

        (await host.NewClient().ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);
    }

    [Theory]
    [InlineData("no cookie")]
    [InlineData("taken away")]
    [InlineData("failed")]
    [InlineData("known")]
    public async Task AConnectThatGrantsNothingByAnUnknownName_IsNotSpokenOf(string kind)
    {
        var log = new RecordingLogger();
        await using var host = await GateHost.StartAsync(log: log);
        host.Server.Connect = context =>
        {
            context.Response.Headers.SetCookie = kind switch
            {
                "no cookie" => default,
                "taken away" => "SessionId=; expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "failed" => "SessionId=1",
                _ => "MapiContext=1",
            };
            return Answers.WriteAsync(context, (kind == "failed" ? ConnectResponse.Refused(MapiErrorCode.UnknownUser) : new ConnectResponse()).ToArray());
        };

        await host.NewClient().ConnectAsync();

        log.Entries.Should().NotContain(entry => entry.EventId.Name == "ContextUngated");
    }
}
