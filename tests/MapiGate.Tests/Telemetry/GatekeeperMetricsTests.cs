using System.Diagnostics.Metrics;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Telemetry;

public class GatekeeperMetricsTests
{
    [Fact]
    public async Task EachInstrument_CountsWhatItsNameSays()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var metrics = new RecordedMetrics(factory);
        var gatekeeper = new Gatekeeper(Gate.Blocking("blocked.exe"), null, null, factory);

        gatekeeper.Logon("a.exe");
        gatekeeper.Logon("a.exe");
        gatekeeper.Logon("b.exe");
        gatekeeper.TryLogon(Gate.Client("blocked.exe"), out _, out _);
        gatekeeper.Apply(Gate.Blocking("a.exe"));
        await BoundedWait.UntilAsync(() => metrics.Names.Contains("mapigate.policy.apply.duration"));

        metrics.Sum("mapigate.logons{allowed}").Should().Be(3);
        metrics.Sum("mapigate.logons{refused,blocked.exe}").Should().Be(1);
        metrics.Sum("mapigate.sessions.disconnected{policy}").Should().Be(2);
        metrics.Sum("mapigate.policy.changes{applied}").Should().Be(1);
        metrics.Sum("mapigate.policy.apply.duration").Should().BeInRange(0, 60);
        metrics.Observe("mapigate.sessions.active").Should().Be(1);
        metrics.Observe("mapigate.policy.last_known_good").Should().Be(0);
        metrics.Observe("mapigate.policy.revision").Should().Be(1);

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "b.exe", MaxDisconnects = 0 }));
        await BoundedWait.UntilAsync(() => metrics.Sum("mapigate.policy.changes{held}") == 1);

        metrics.Sum("mapigate.policy.changes{applied}").Should().Be(1);
        metrics.Observe("mapigate.policy.last_known_good").Should().Be(1);
    }

    [Fact]
    public void ClientText_IsNeverATag()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var metrics = new RecordedMetrics(factory);
        var gatekeeper = new Gatekeeper(Gate.Blocking("marker-blocked.exe"), null, null, factory);

        gatekeeper.Logon("marker.exe", "marker-user");
        gatekeeper.TryLogon(Gate.Client("marker-blocked.exe"), out _, out _);

        metrics.Names.Should().NotBeEmpty().And.NotContain(name => name.Contains("marker") && !name.Contains("refused,marker-blocked.exe"), "a rule is the administrator's text");
    }
}
