using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Configuration;

/// <summary>What the health check says of what an operator has to do something about. It needs no ASP.NET Core.</summary>
public sealed class HealthCheckTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryFile _file = new(Document("a.exe"));
    private readonly string _folder = Directory.CreateTempSubdirectory("mapigate-").FullName;
    private ServiceProvider? _services;

    private Gatekeeper Gatekeeper => _services!.Gatekeeper();

    public void Dispose()
    {
        _services?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task WithNothingWrong_ItIsHealthy_AndSaysWhatIsInForce()
    {
        Start();
        Gatekeeper.Logon("b.exe");

        var entry = await CheckAsync();

        entry.Status.Should().Be(HealthStatus.Healthy);
        entry.Description.Should().Be("Policy revision 0 is in force.");
        entry.Data.Should().Contain("revision", 0L).And.Contain("fingerprint", Gatekeeper.InForce.Fingerprint).And.Contain("sessions", 1);
    }

    [Fact]
    public async Task WhileAChangeIsHeld_ItIsDegraded_AndSaysHowToLetItThrough()
    {
        Start();
        Gatekeeper.Logon("b.exe");
        _clock.Advance(TimeSpan.FromHours(1));

        _file.Write(Document("b.exe"));

        var entry = await CheckAsync();
        entry.Status.Should().Be(HealthStatus.Degraded);
        entry.Description.Should().StartWith("Policy revision 0 is in force, and not what was written since 2026-01-01 01:00:00Z.").And.Contain($"set ConfirmChange to \"{Gatekeeper.Status.Held!.Fingerprint}\"");

        Gatekeeper.Confirm(Gatekeeper.Status.Held!.Fingerprint);
        (await CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task WhileAFileCannotBeRead_ItIsDegraded_AndNamesTheFile()
    {
        Start();

        _file.Write("{ garbage");

        var entry = await CheckAsync();
        entry.Status.Should().Be(HealthStatus.Degraded);
        entry.Description.Should().Contain("policy.json cannot be read");

        _file.Write(Document("a.exe"));
        (await CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task WhileThePolicyCannotBeRemembered_ItIsDegraded_AndSaysWhy()
    {
        var path = Path.Combine(_folder, "last.json");
        Directory.CreateDirectory(path);
        Start(path);

        // It is written behind the start, and the check sees it then.
        await BoundedWait.UntilAsync(() => Gatekeeper.Status.Warning?.Contains("cannot be written", StringComparison.Ordinal) == true);

        var entry = await CheckAsync();
        entry.Status.Should().Be(HealthStatus.Degraded);
        entry.Description.Should().StartWith("Policy revision 0 is in force; since 2026-01-01 00:00:00Z.").And.Contain($"{path} cannot be written");
        Gatekeeper.Status.IsLastKnownGood.Should().BeFalse("the policy in force is the one last written");
    }

    [Fact]
    public async Task WhileAPolicyIsInForceByHand_ItIsHealthy_AndSaysSo()
    {
        Start();

        Gatekeeper.Apply(Gate.Blocking("b.exe"));

        var entry = await CheckAsync();
        entry.Status.Should().Be(HealthStatus.Healthy, "somebody meant it");
        entry.Description.Should().StartWith("Policy revision 1 is in force. The host has put another policy in force");
    }

    private static string Document(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}", "MaxDisconnects": 0 } }""";

    private void Start(string? remember = null)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(_clock).AddHealthChecks().AddMapiGate();
        var builder = services.AddMapiGate(_file.Root());
        _services = (remember is null ? builder : builder.RememberPolicy(remember)).Services.BuildServiceProvider();
        _ = Gatekeeper;
    }

    private async Task<HealthReportEntry> CheckAsync() => (await _services!.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["mapigate"];
}
