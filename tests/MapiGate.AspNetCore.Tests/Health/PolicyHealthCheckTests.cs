using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.AspNetCore.Tests.Health;

public sealed class PolicyHealthCheckTests : IDisposable
{
    private readonly ConfigurationManager _configuration = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task PolicyAsLastWritten_IsHealthy()
    {
        await using var services = Build(checks => checks.AddMapiGate());

        var entry = (await CheckAsync(services)).Entries["mapigate"];

        entry.Status.Should().Be(HealthStatus.Healthy);
        entry.Data["revision"].Should().Be(0L);
        entry.Data["sessions"].Should().Be(services.GetRequiredService<Gatekeeper>().Sessions.Count);
    }

    [Fact]
    public async Task LastKnownGoodPolicy_IsDegradedAndSaysWhatIsWrongSinceWhenAndWhichRevision()
    {
        await using var services = Build(checks => checks.AddMapiGate());
        var gatekeeper = services.GetRequiredService<Gatekeeper>();
        _clock.Advance(TimeSpan.FromHours(1));
        Write("ClientsWithoutProcessName", "Perhaps");

        var entry = (await CheckAsync(services)).Entries["mapigate"];

        entry.Status.Should().Be(HealthStatus.Degraded);
        entry.Description.Should().Contain("revision 0").And.Contain("2026-01-01 01:00:00Z").And.Contain(gatekeeper.Status.Error).And.Contain("Perhaps");

        Write("ClientsWithoutProcessName", "Deny");
        var repaired = (await CheckAsync(services)).Entries["mapigate"];
        repaired.Status.Should().Be(HealthStatus.Healthy);
        repaired.Data["revision"].Should().Be(1L);
    }

    [Fact]
    public async Task NameStatusAndTags_AreTheHosts()
    {
        await using var services = Build(checks => checks.AddMapiGate("gate", HealthStatus.Unhealthy, ["ready"]));
        _ = services.GetRequiredService<Gatekeeper>();
        Write("ClientsWithoutProcessName", "Perhaps");

        var entry = (await CheckAsync(services)).Entries["gate"];

        entry.Status.Should().Be(HealthStatus.Unhealthy);
        entry.Tags.Should().Equal("ready");
    }

    public void Dispose() => _configuration.Dispose();

    private static Task<HealthReport> CheckAsync(IServiceProvider services) => services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private ServiceProvider Build(Action<IHealthChecksBuilder> add)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddMapiGate(_configuration);
        add(services.AddHealthChecks());
        return services.BuildServiceProvider();
    }

    private void Write(string key, string value)
    {
        _configuration[$"MapiGate:{key}"] = value;
        try
        {
            ((IConfigurationRoot)_configuration).Reload();
        }
        catch (AggregateException)
        {
            // The options monitor's own complaint about a value that is not valid.
        }
    }
}
